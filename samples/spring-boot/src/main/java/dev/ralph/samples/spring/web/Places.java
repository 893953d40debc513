/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.spring.web;

import java.util.HashMap;
import java.util.Map;

/**
 * Who has one of the threads that something slow takes at the moment: a body that arrives, or an output that is sent. A few
 * callers must not take all of them. Thread-safe.
 */
public final class Places {

    private final int most;
    private final int perCaller;
    private final Map<String, Integer> taken = new HashMap<>();
    private int total;

    /**
     * Makes them.
     *
     * @param most places there are
     * @param perCaller of them for one caller
     */
    public Places(int most, int perCaller) {
        this.most = most;
        this.perCaller = perCaller;
    }

    /** How it went. */
    public enum Place {
        GIVEN,
        CALLER_HAS_TOO_MANY,
        ALL_TAKEN
    }

    /** Takes a place, to be given back if it was {@link Place#GIVEN}. */
    public synchronized Place take(String caller) {
        if (taken.getOrDefault(caller, 0) >= perCaller) {
            return Place.CALLER_HAS_TOO_MANY;
        }
        if (total >= most) {
            return Place.ALL_TAKEN;
        }
        taken.merge(caller, 1, Integer::sum);
        total++;
        return Place.GIVEN;
    }

    /** Gives back a place that was taken by this caller. */
    public synchronized void giveBack(String caller) {
        taken.computeIfPresent(caller, (same, count) -> count == 1 ? null : count - 1);
        total--;
    }
}
