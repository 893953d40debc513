/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.real.server;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The turns of a server, one for each request of an agent's loop, over as many launches of the agent as it takes. A request
 * after the last is an error of the test: it is refused and counted.
 */
public final class Script {

    private final List<Part> parts;

    private Script(List<Part> parts) {
        this.parts = List.copyOf(parts);
    }

    /** These turns, each once. */
    public static Script of(Turn... turns) {
        return new Script(Arrays.stream(turns).map(turn -> new Part(turn, 1)).toList());
    }

    /** These turns, each once. */
    public static Script of(List<? extends Turn> turns) {
        return of(turns.toArray(Turn[]::new));
    }

    /** Then this turn once. */
    public Script then(Turn turn) {
        return thenTimes(1, turn);
    }

    /** Then these turns, each once. */
    public Script then(List<? extends Turn> turns) {
        Script longer = this;
        for (Turn turn : turns) {
            longer = longer.then(turn);
        }
        return longer;
    }

    /** Then this turn so many times. */
    public Script thenTimes(int times, Turn turn) {
        List<Part> longer = new ArrayList<>(parts);
        longer.add(new Part(turn, times));
        return new Script(longer);
    }

    /** Then this turn for ever. */
    public Script thenForEver(Turn turn) {
        return thenTimes(Integer.MAX_VALUE, turn);
    }

    /** This turn for ever. */
    public static Script forEver(Turn turn) {
        return of().thenForEver(turn);
    }

    /**
     * The turn of a request.
     *
     * @param request its number, from 0
     * @return empty if the script has run out
     */
    Optional<Turn> turn(int request) {
        int before = 0;
        for (Part part : parts) {
            if (request - before < part.times()) {
                return Optional.of(part.turn());
            }
            before += part.times();
        }
        return Optional.empty();
    }

    private record Part(Turn turn, int times) {}
}
