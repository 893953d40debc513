/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.process;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Builds a {@link ProcessSpec}. Not thread-safe. */
public final class ProcessSpecBuilder {

    private final List<String> command;
    private @Nullable Path directory;
    private Map<String, String> environment = Map.of();
    private ProcessInput input = ProcessInput.none();
    private OutputLimits limits = OutputLimits.DEFAULT;
    private ProcessTimeouts timeouts = ProcessTimeouts.DEFAULT;

    ProcessSpecBuilder(List<String> command) {
        this.command = List.copyOf(command);
    }

    /** Required: the working directory. */
    public ProcessSpecBuilder directory(Path value) {
        directory = value;
        return this;
    }

    /** The whole environment; empty without this. */
    public ProcessSpecBuilder environment(Environment value) {
        environment = value.variables();
        return this;
    }

    /** Nothing without this. */
    public ProcessSpecBuilder input(ProcessInput value) {
        input = value;
        return this;
    }

    public ProcessSpecBuilder limits(OutputLimits value) {
        limits = value;
        return this;
    }

    public ProcessSpecBuilder timeouts(ProcessTimeouts value) {
        timeouts = value;
        return this;
    }

    /**
     * Makes the specification.
     *
     * @throws dev.ralph.InvalidValueException if a value cannot be passed on to a process
     */
    public ProcessSpec build() {
        return new ProcessSpec(
                command, Objects.requireNonNull(directory, "directory"), environment, input, limits, timeouts);
    }
}
