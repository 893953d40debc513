/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.plain.option;

import dev.ralph.Limits;
import dev.ralph.RunSpec;
import java.time.Duration;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What a run is asked to do, and where it stands in the queue. */
public final class QueueOptions {

    @Mixin
    private SpecOptions options = new SpecOptions();

    @Option(
            names = "--priority",
            paramLabel = "N",
            defaultValue = "0",
            description = "Runs of a higher one are taken up first; -" + RunSpec.MAX_PRIORITY + " to "
                    + RunSpec.MAX_PRIORITY + " (default: ${DEFAULT-VALUE}).")
    private int priority;

    @Option(
            names = "--delay",
            paramLabel = "TIME",
            defaultValue = "0s",
            converter = DurationText.class,
            description = "Time before it is taken up at the earliest, such as 90s, 30m, 1h30m (default: none).")
    private Duration delay = Duration.ZERO;

    /** For picocli. */
    public QueueOptions() {}

    /** What it is asked to do. */
    public SpecOptions task() {
        return options;
    }

    /**
     * The spec.
     *
     * @param defaults the limits that are not given
     * @throws dev.ralph.RalphException if an option cannot be used
     */
    public RunSpec spec(Limits defaults) {
        return options.start(defaults).priority(priority).startDelay(delay).build();
    }
}
