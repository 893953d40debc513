/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.plain.host;

import dev.ralph.ConfigurationException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Properties;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Where this program keeps its runs: the system property {@code ralph.home}, else {@code RALPH_HOME}, else
 * {@code $XDG_STATE_HOME/ralph}, else {@code ~/.local/state/ralph}.
 *
 * @param folder the folder, absolute; it need not exist
 */
public record RalphHome(Path folder) {

    /** The variable that names it. */
    public static final String VARIABLE = "RALPH_HOME";

    private static final String PROPERTY = "ralph.home";

    /**
     * Finds it.
     *
     * @throws ConfigurationException if what names it is not a path
     */
    public static RalphHome find(Properties system, Function<String, @Nullable String> environment) {
        String property = system.getProperty(PROPERTY);
        if (isSet(property)) {
            return at(PROPERTY, property);
        }
        String variable = environment.apply(VARIABLE);
        if (isSet(variable)) {
            return at(VARIABLE, variable);
        }
        String state = environment.apply("XDG_STATE_HOME");
        // The XDG specification has relative paths ignored.
        if (isSet(state) && Path.of(state).isAbsolute()) {
            return at("XDG_STATE_HOME", state + "/ralph");
        }
        return at("user.home", system.getProperty("user.home", ".") + "/.local/state/ralph");
    }

    /** The database of the runs, without the ending that H2 gives it. */
    public Path runs() {
        return folder.resolve("runs");
    }

    /** The folder of full outputs. */
    public Path artifacts() {
        return folder.resolve("artifacts");
    }

    /** The folder in which living processes say so. */
    public Path nodes() {
        return folder.resolve("nodes");
    }

    private static boolean isSet(@Nullable String value) {
        return value != null && !value.isBlank();
    }

    private static RalphHome at(String source, @Nullable String value) {
        try {
            return new RalphHome(Path.of(String.valueOf(value)).toAbsolutePath().normalize());
        } catch (InvalidPathException e) {
            throw new ConfigurationException(source + " is '" + value + "', which is not a path; correct it", e);
        }
    }
}
