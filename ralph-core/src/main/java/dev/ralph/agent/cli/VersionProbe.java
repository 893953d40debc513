/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.agent.cli;

import dev.ralph.process.Environment;
import dev.ralph.process.OutputChannel;
import dev.ralph.process.OutputLimits;
import dev.ralph.process.ProcessExit;
import dev.ralph.process.ProcessLauncher;
import dev.ralph.process.ProcessListener;
import dev.ralph.process.ProcessSpec;
import dev.ralph.process.ProcessTimeouts;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Finds a program and asks it for its version. Spends nothing; takes ten seconds at most. */
public final class VersionProbe {

    private static final Duration TIME = Duration.ofSeconds(10);
    private static final OutputLimits LIMITS = new OutputLimits(1_000, 64_000, 64_000);

    private VersionProbe() {}

    /**
     * Finds the program without starting it.
     *
     * @param command the program and its arguments
     * @return its absolute path
     * @throws dev.ralph.process.ProcessStartException if it is missing or not executable; the message says what to do
     */
    public static Path locate(ProcessLauncher processes, List<String> command, Environment environment) {
        return processes.locate(spec(command, environment));
    }

    /**
     * Runs a command that prints a version.
     *
     * @return the first line it prints to either stream that is not blank, or null if it fails, takes too long or prints
     *     none
     * @throws dev.ralph.process.ProcessStartException if it cannot be started
     * @throws InterruptedException if the calling thread is interrupted, once the program is dead
     */
    public static @Nullable String ask(ProcessLauncher processes, List<String> command, Environment environment)
            throws InterruptedException {
        AtomicReference<@Nullable String> first = new AtomicReference<>();
        ProcessExit exit = processes
                .start(spec(command, environment), new ProcessListener() {
                    @Override
                    public void line(OutputChannel channel, String line, boolean cut) {
                        if (!line.isBlank()) {
                            first.compareAndSet(null, line.strip());
                        }
                    }
                })
                .await();
        return exit.successful() ? first.get() : null;
    }

    private static ProcessSpec spec(List<String> command, Environment environment) {
        return ProcessSpec.builder(command)
                .directory(Path.of("").toAbsolutePath())
                .environment(environment)
                .limits(LIMITS)
                .timeouts(new ProcessTimeouts(TIME, TIME, Duration.ofSeconds(1)))
                .build();
    }
}
