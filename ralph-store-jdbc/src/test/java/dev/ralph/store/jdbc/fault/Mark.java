/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc.fault;

/**
 * A line an agent left.
 *
 * @param what begin, alive or end; overlap if another agent of the run was alive
 * @param node the node that had launched it
 * @param at when, in nanoseconds of the host's clock
 */
record Mark(String what, int iteration, int attempt, String node, long at) {

    static Mark parse(String line) {
        String[] parts = line.split(" ", -1);
        return new Mark(
                parts[0], Integer.parseInt(parts[1]), Integer.parseInt(parts[2]), parts[3], Long.parseLong(parts[4]));
    }

    boolean is(String kind) {
        return what.equals(kind);
    }

    /** Greater than that of every attempt before it. */
    long order() {
        return order(iteration, attempt);
    }

    static long order(int iteration, int attempt) {
        return ((long) iteration << Integer.SIZE) + attempt;
    }
}
