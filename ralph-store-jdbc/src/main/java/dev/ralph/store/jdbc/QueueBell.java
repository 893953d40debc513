/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Rings on this node when an entry of the queue may be due. Thread-safe. */
final class QueueBell {

    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

    void ring() {
        listeners.forEach(Runnable::run);
    }

    /** Who hears it: quick, and throws nothing. */
    void onRing(Runnable listener) {
        listeners.add(listener);
    }

    void clear() {
        listeners.clear();
    }
}
