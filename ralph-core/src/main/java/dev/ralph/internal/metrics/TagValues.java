/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.metrics;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The values of one tag, which people choose: the first of them are told apart, the rest are one. Each is a series of its own
 * in whatever stores the metrics. Thread-safe.
 */
final class TagValues {

    static final int MOST = 100;
    static final int LONGEST = 64;
    static final String OTHER = "other";

    private final Set<String> known = ConcurrentHashMap.newKeySet();
    private final ReentrantLock lock = new ReentrantLock();

    /** The value as it is shown. */
    String of(String value) {
        String shown = cut(value);
        return known.contains(shown) || admit(shown) ? shown : OTHER;
    }

    private boolean admit(String shown) {
        lock.lock();
        try {
            return known.contains(shown) || (known.size() < MOST && known.add(shown));
        } finally {
            lock.unlock();
        }
    }

    private static String cut(String value) {
        if (value.length() <= LONGEST) {
            return value;
        }
        int end = Character.isHighSurrogate(value.charAt(LONGEST - 1)) ? LONGEST - 1 : LONGEST;
        return value.substring(0, end);
    }
}
