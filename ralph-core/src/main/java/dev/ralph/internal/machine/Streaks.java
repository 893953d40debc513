/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.machine;

/**
 * Things that happened in a row and are forgotten by the first success.
 *
 * @param failures failed iterations
 * @param transients attempts turned away for now
 * @param takeovers takeovers from a dead node without a settled attempt
 * @param budgetWaits waits for a shared budget
 */
public record Streaks(int failures, int transients, int takeovers, int budgetWaits) {

    static final Streaks NONE = new Streaks(0, 0, 0, 0);

    Streaks failed() {
        return new Streaks(failures + 1, 0, 0, 0);
    }

    Streaks turnedAway() {
        return new Streaks(failures, transients + 1, 0, 0);
    }

    Streaks takenOver(int deaths) {
        return new Streaks(failures, transients, takeovers + deaths, budgetWaits);
    }

    Streaks retried() {
        return new Streaks(failures, transients, 0, budgetWaits);
    }

    Streaks waitedForBudget() {
        return new Streaks(failures, transients, takeovers, budgetWaits + 1);
    }

    Streaks settled() {
        return new Streaks(failures, transients, 0, 0);
    }
}
