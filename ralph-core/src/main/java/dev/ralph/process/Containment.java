/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.process;

import dev.ralph.InvalidValueException;
import java.util.Arrays;
import java.util.List;

/**
 * Which containment a launcher may use.
 *
 * @param candidates the mechanisms to try, the preferred one first
 */
public record Containment(List<ContainmentMechanism> candidates) {

    /**
     * Checks the values.
     *
     * @throws InvalidValueException if there is no candidate
     */
    public Containment {
        if (candidates.isEmpty()) {
            throw new InvalidValueException("containment.candidates", candidates, "must name at least one mechanism");
        }
        candidates = List.copyOf(candidates);
    }

    /** The strongest mechanism that works on this host. */
    public static Containment strongest() {
        return new Containment(Arrays.asList(ContainmentMechanism.values()));
    }

    /** The strongest mechanism that works, but nothing weaker than {@code level}. */
    public static Containment atLeast(ContainmentLevel level) {
        return new Containment(Arrays.stream(ContainmentMechanism.values())
                .filter(mechanism -> mechanism.level().compareTo(level) <= 0)
                .toList());
    }

    /** This mechanism or none. */
    public static Containment using(ContainmentMechanism mechanism) {
        return new Containment(List.of(mechanism));
    }
}
