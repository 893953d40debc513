/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.plain;

import dev.ralph.samples.plain.host.RunView;
import dev.ralph.samples.plain.option.DurationText;
import dev.ralph.samples.plain.view.RunViews;
import java.time.Duration;
import picocli.CommandLine.Option;

/** How a run is shown while it is worked on, and how it is stopped. */
final class ViewOptions {

    @Option(names = "--json", description = "Print JSON, one object a line: events, then the result.")
    private boolean json;

    @Option(names = "--quiet", description = "Print the id of the run and how it ended, nothing else.")
    private boolean quiet;

    @Option(
            names = "--drain-timeout",
            paramLabel = "TIME",
            defaultValue = "30s",
            converter = DurationText.class,
            description = "Time the iteration in flight gets after SIGTERM (default: ${DEFAULT-VALUE}).")
    private Duration drainTimeout = Duration.ofSeconds(30);

    boolean json() {
        return json;
    }

    Duration drainTimeout() {
        return drainTimeout;
    }

    RunView view() {
        return RunViews.choose(json, quiet, System.out);
    }
}
