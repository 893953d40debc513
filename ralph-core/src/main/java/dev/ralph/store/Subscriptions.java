/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store;

import dev.ralph.RunId;
import dev.ralph.log.LogText;
import dev.ralph.spi.StoreListener;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who wants to be told of a store's changes; for stores to build on. Tells on the calling thread, so a store calls it under
 * no lock and in no transaction. A listener that throws is logged, and harms neither the caller nor the other listeners.
 * Thread-safe.
 */
public final class Subscriptions {

    private static final Logger LOG = LoggerFactory.getLogger(Subscriptions.class);

    private final List<Subscription> open = new CopyOnWriteArrayList<>();

    /** Makes it without listeners. */
    public Subscriptions() {}

    /**
     * Adds a listener; one that is added twice is told twice.
     *
     * @return ends it; ending it again does nothing
     */
    public AutoCloseable add(StoreListener listener) {
        Subscription subscription = new Subscription(listener);
        open.add(subscription);
        return () -> open.remove(subscription);
    }

    /** Tells of {@link StoreListener#commanded}. */
    public void commanded(RunId run) {
        tell(listener -> listener.commanded(run));
    }

    /** Tells of {@link StoreListener#advanced}. */
    public void advanced(RunId run) {
        tell(listener -> listener.advanced(run));
    }

    /** Tells of {@link StoreListener#missed}. */
    public void missed() {
        tell(StoreListener::missed);
    }

    /** Ends all subscriptions, for a store that is closed. */
    public void clear() {
        open.clear();
    }

    private void tell(Consumer<StoreListener> change) {
        for (Subscription subscription : open) {
            try {
                change.accept(subscription.listener);
            } catch (RuntimeException | Error e) {
                // Not passed on: the change is stored, and its maker must not think otherwise.
                LOG.warn("A store listener threw; the change it was told of stands", LogText.failure(e));
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
