/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.machine;

import dev.ralph.RetryPolicy;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Where the workspace of a run stands if it may move between nodes, and whether it can be reached from there.
 *
 * @param place the place it was worked in last; null if it does not move, or no node had it yet
 * @param failures how often in a row it could not be reached, or not be published
 * @param retryAt when that is tried again, or null
 * @param problem why it could not, or empty
 * @param unpublished the iteration that left in it what nobody else has: a recorded one, or one that is half done because
 *     its agent turned it away; or 0
 */
public record Whereabouts(
        @Nullable String place, int failures, @Nullable Instant retryAt, String problem, int unpublished) {

    static final Whereabouts NOWHERE = new Whereabouts(null, 0, null, "", 0);

    /** Whether the workspace is one that moves. */
    boolean moves() {
        return place != null;
    }

    /** Whether it is another place than that of the last time. */
    boolean movesTo(String next) {
        return place != null && !place.equals(next);
    }

    Whereabouts at(String next) {
        return new Whereabouts(next, failures, retryAt, problem, unpublished);
    }

    Whereabouts reached() {
        return new Whereabouts(place, 0, null, "", unpublished);
    }

    /** An iteration left it other than its last checkpoint, at its end or when its agent turned it away. */
    Whereabouts changedBy(int iteration) {
        return moves() ? new Whereabouts(place, failures, retryAt, problem, iteration) : this;
    }

    /** All that is in it is in its last checkpoint. */
    Whereabouts published() {
        return new Whereabouts(place, 0, null, "", 0);
    }

    /** It is as its last checkpoint says. */
    Whereabouts restored() {
        return new Whereabouts(place, failures, retryAt, problem, 0);
    }

    Whereabouts away(RetryPolicy policy, Instant at, double jitter, String why) {
        return new Whereabouts(
                place, failures + 1, at.plus(BackOff.delay(policy, failures + 1, jitter)), why, unpublished);
    }

    /** Whether it is left alone for now. */
    boolean waits(Instant now) {
        return retryAt != null && now.isBefore(retryAt);
    }

    /** Whether the node that has what was not published may still come back for it. */
    boolean isExpectedBack(RetryPolicy policy, Instant now) {
        return retryAt != null && now.isBefore(retryAt.plus(policy.maxDelay()));
    }
}
