/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.plain.journal;

import dev.ralph.RunId;
import dev.ralph.spi.StoreListener;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds back what the store in memory tells of a change until the change is in the journal. Told and taken under the
 * lock of the store; delivered without it.
 */
final class News implements StoreListener {

    private static final Logger LOG = LoggerFactory.getLogger(News.class);

    private final List<Subscription> subscriptions = new CopyOnWriteArrayList<>();
    private List<Consumer<StoreListener>> pending = new ArrayList<>();

    AutoCloseable subscribe(StoreListener listener) {
        Subscription subscription = new Subscription(listener);
        subscriptions.add(subscription);
        return () -> subscriptions.remove(subscription);
    }

    @Override
    public void commanded(RunId run) {
        pending.add(listener -> listener.commanded(run));
    }

    @Override
    public void advanced(RunId run) {
        pending.add(listener -> listener.advanced(run));
    }

    /** What was told since the last call. */
    List<Consumer<StoreListener>> take() {
        if (pending.isEmpty()) {
            return List.of();
        }
        List<Consumer<StoreListener>> taken = pending;
        pending = new ArrayList<>();
        return taken;
    }

    void deliver(List<Consumer<StoreListener>> news) {
        for (Consumer<StoreListener> change : news) {
            for (Subscription subscription : subscriptions) {
                try {
                    change.accept(subscription.listener);
                } catch (RuntimeException e) {
                    LOG.warn("A store listener threw; the change it was told of stands", e);
                }
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
