/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.plain.host;

/** How the user called this program, for hints that can be copied. */
public final class ProgramName {

    private static final String PROPERTY = "program.name";

    private ProgramName() {}

    /** The name as it was typed, or {@code ralph}. */
    public static String get() {
        return System.getProperty(PROPERTY, "ralph");
    }

    /** A command line that calls it. */
    public static String with(String arguments) {
        String name = get();
        return (name.matches("[\\w@%+=:,./-]+") ? name : "'" + name.replace("'", "'\\''") + "'") + " " + arguments;
    }
}
