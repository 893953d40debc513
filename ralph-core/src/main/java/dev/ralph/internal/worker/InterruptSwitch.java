/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.worker;

import org.jspecify.annotations.Nullable;

/**
 * Interrupts the thread of a stint, but only while it is inside a section that expects it, so that an interrupt never hits
 * a commit. The first cause counts; a lost lease overrides it. A cause that concerns one attempt counts only while work
 * is going on: a report that comes late must not cut off what follows. Thread-safe.
 */
final class InterruptSwitch {

    /** Blocking work. */
    @FunctionalInterface
    interface Work<T> {
        T run() throws InterruptedException;
    }

    private @Nullable Thread inside;
    private boolean untilLeaving;
    private boolean leaving;
    private @Nullable Cutoff cause;

    /**
     * Runs work that may be cut off. A cut-off that came before hits at once.
     *
     * @throws InterruptedException if the work was cut off; see {@link #cause}
     */
    <T> T interruptibly(Work<T> work) throws InterruptedException {
        enter();
        try {
            return work.run();
        } finally {
            leave();
        }
    }

    /**
     * Runs work that goes on after a cancellation, but is cut off when this node has to leave the run: it closes, or the
     * lease is lost. One that came before hits at once.
     *
     * @throws InterruptedException if the work was cut off
     */
    <T> T untilLeaving(Work<T> work) throws InterruptedException {
        enterUntilLeaving();
        try {
            return work.run();
        } finally {
            leave();
        }
    }

    /** Cuts the work off. Only a lost lease interrupts again, which makes a process end without grace. */
    synchronized void cutOff(Cutoff why) {
        if ((inside == null || untilLeaving) && concernsOneAttempt(why)) {
            return;
        }
        boolean first = cause == null;
        if (first || why == Cutoff.LEASE_LOST) {
            cause = why;
        }
        boolean leaves = meansLeaving(why);
        leaving |= leaves;
        if (inside != null && (untilLeaving ? leaves : first || why == Cutoff.LEASE_LOST)) {
            inside.interrupt();
        }
    }

    /** Why the work was cut off, or null if it was not. */
    synchronized @Nullable Cutoff cause() {
        return cause;
    }

    /** Forgets a cause that concerned only the attempt that is over now. */
    synchronized void attemptOver() {
        if (cause != null && concernsOneAttempt(cause)) {
            cause = null;
        }
    }

    private static boolean concernsOneAttempt(Cutoff why) {
        return why == Cutoff.TOKENS || why == Cutoff.COST;
    }

    private static boolean meansLeaving(Cutoff why) {
        return why == Cutoff.SHUTDOWN || why == Cutoff.LEASE_LOST;
    }

    private synchronized void enterUntilLeaving() {
        inside = Thread.currentThread();
        untilLeaving = true;
        if (leaving) {
            inside.interrupt();
        }
    }

    private synchronized void enter() {
        inside = Thread.currentThread();
        if (cause != null) {
            inside.interrupt();
        }
    }

    /** Clears the interrupt it made; a foreign one is seen by the work itself. */
    private synchronized void leave() {
        boolean interrupted = untilLeaving ? leaving : cause != null;
        inside = null;
        untilLeaving = false;
        if (interrupted) {
            Thread.interrupted();
        }
    }
}
