/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.log;

import java.util.List;

/**
 * Names in logs that stay the same from version to version: the keys of SLF4J's mapped diagnostic context (MDC) that are set
 * while something works on a run, and the logger that is told of steps. See {@code docs/logging.md}.
 */
public final class LogNames {

    /** MDC: the id of the run. On every thread that works on it, listeners included. */
    public static final String RUN = "ralph.run";

    /** MDC: the number of the iteration the run is in, or was in last; absent before the first. */
    public static final String ITERATION = "ralph.iteration";

    /** MDC: the number of the attempt within the iteration; absent before the first. */
    public static final String ATTEMPT = "ralph.attempt";

    /** MDC: the id of the agent of that attempt; absent before the first. */
    public static final String AGENT = "ralph.agent";

    /** MDC: the tenant of the run, if it has one. */
    public static final String TENANT = "ralph.tenant";

    /** The logger that is told of each step once it is committed, in one line at INFO. */
    public static final String STEPS = "dev.ralph.steps";

    /** All MDC keys. */
    public static final List<String> KEYS = List.of(RUN, ITERATION, ATTEMPT, AGENT, TENANT);

    private LogNames() {}
}
