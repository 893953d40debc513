/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.monitor;

/** The methods of a store that are timed. */
public enum StoreCall {
    CREATE,
    FIND,
    FIND_BY_TASK,
    LIST,
    COSTS,
    CLAIM,
    RENEW,
    LOST,
    RELEASE,
    COMMIT,
    REPORT_USAGE,
    REPORTED_USAGE,
    APPEND,
    COMMANDS,
    EVENTS,
    ITERATIONS,
    ATTEMPTS,
    GATES,
    CHECKPOINTS,
    DEFINE_BUDGET,
    BUDGET,
    QUEUE,
    ERASE,
    PURGE
}
