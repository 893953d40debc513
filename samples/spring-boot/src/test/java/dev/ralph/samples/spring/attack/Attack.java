/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.spring.attack;

/**
 * One try.
 *
 * @param kind under which heading it stands in the table
 * @param name what is tried
 * @param needsApi whether it is about what the API does, not only about what stands before it
 * @param how tries it
 */
record Attack(String kind, String name, boolean needsApi, Way how) {

    /** How it is tried. */
    interface Way {
        Outcome of(Victim victim) throws Exception;
    }

    /**
     * What came of it.
     *
     * @param held whether it was refused or neutralised
     * @param observed what was seen
     */
    record Outcome(boolean held, String observed) {}

    @Override
    public String toString() {
        return kind + ": " + name;
    }
}
