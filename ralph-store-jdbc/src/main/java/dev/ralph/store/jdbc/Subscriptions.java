/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc;

import dev.ralph.RunId;
import dev.ralph.spi.StoreListener;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who wants to be told of changes. Thread-safe; tells on the thread that made the change, so never within its transaction. */
final class Subscriptions {

    private static final Logger LOG = LoggerFactory.getLogger(Subscriptions.class);

    private final List<Subscription> open = new CopyOnWriteArrayList<>();
    private final List<Runnable> queues = new CopyOnWriteArrayList<>();

    AutoCloseable add(StoreListener listener) {
        Subscription subscription = new Subscription(listener);
        open.add(subscription);
        return () -> open.remove(subscription);
    }

    void commanded(RunId run) {
        tell(listener -> listener.commanded(run));
    }

    void advanced(RunId run) {
        tell(listener -> listener.advanced(run));
    }

    void missed() {
        tell(StoreListener::missed);
    }

    /** An entry of the queue may be due. */
    void queued() {
        queues.forEach(Runnable::run);
    }

    /** Who is to be told of entries that may be due: quick, and throws nothing. */
    void onQueued(Runnable queue) {
        queues.add(queue);
    }

    void clear() {
        open.clear();
        queues.clear();
    }

    private void tell(Consumer<StoreListener> change) {
        for (Subscription subscription : open) {
            try {
                change.accept(subscription.listener);
            } catch (RuntimeException | Error e) {
                // Not passed on: the change is stored, and its maker must not think otherwise.
                LOG.warn("A store listener threw; the change it was told of stands", e);
            }
        }
    }

    /** Has identity, so that a listener that subscribed twice can end one of the two. */
    private static final class Subscription {

        private final StoreListener listener;

        Subscription(StoreListener listener) {
            this.listener = listener;
        }
    }
}
