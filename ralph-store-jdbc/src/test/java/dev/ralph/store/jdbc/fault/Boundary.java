/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc.fault;

/** A point at which a node may be stopped or killed. */
record Boundary(StepKind step, Moment moment) {

    enum Moment {
        /** Nothing of the transaction was sent to the database. */
        UNSENT,
        /** All of it was sent but the commit. */
        BEFORE_COMMIT,
        /** The database has answered the commit, and nobody else knows it yet. */
        AFTER_COMMIT
    }

    static Boundary before(StepKind step) {
        return new Boundary(step, Moment.BEFORE_COMMIT);
    }

    static Boundary after(StepKind step) {
        return new Boundary(step, Moment.AFTER_COMMIT);
    }

    static Boundary parse(String text) {
        int colon = text.indexOf(':');
        return new Boundary(StepKind.valueOf(text.substring(0, colon)), Moment.valueOf(text.substring(colon + 1)));
    }

    @Override
    public String toString() {
        return step + ":" + moment;
    }
}
