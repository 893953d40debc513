/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.spring.run;

import dev.ralph.samples.spring.access.Caller;
import dev.ralph.samples.spring.catalog.HostProperties;
import dev.ralph.samples.spring.problem.ProblemException;
import dev.ralph.samples.spring.problem.ProblemType;
import dev.ralph.samples.spring.web.Places;
import org.springframework.stereotype.Component;

/** Bounds how many requests at once send a whole output or have git work, each of which may take its thread for minutes. */
@Component
final class SlowRequests {

    private static final int RETRY_SECONDS = 5;

    private final Places places;

    SlowRequests(HostProperties properties) {
        this.places = new Places(
                properties.requests().outputs(), properties.requests().outputsPerCaller());
    }

    /** What is done in a place. */
    interface Work<T, E extends Exception> {
        T run() throws E;
    }

    /**
     * Does it now.
     *
     * @throws ProblemException if the caller, or this node, has too many of them in hand
     */
    <T, E extends Exception> T run(Caller caller, Work<T, E> work) throws E {
        String who = caller.tenant() + " " + caller.principal();
        return switch (places.take(who)) {
            case GIVEN -> {
                try {
                    yield work.run();
                } finally {
                    places.giveBack(who);
                }
            }
            case CALLER_HAS_TOO_MANY ->
                throw new ProblemException(
                        ProblemType.TOO_MANY_REQUESTS,
                        "You have as many outputs, diffs and rollbacks in hand at once as one caller may; wait for one.",
                        RETRY_SECONDS);
            case ALL_TAKEN ->
                throw new ProblemException(
                        ProblemType.UNAVAILABLE,
                        "This node has as many outputs, diffs and rollbacks in hand as it can; ask again.",
                        RETRY_SECONDS);
        };
    }
}
