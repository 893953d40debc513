/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc;

import dev.ralph.RunStatus;
import java.util.Arrays;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Groups of run statuses as lists that follow {@code IN}, spelled out so that the planner sees how few they are. */
final class StatusSql {

    /** Of runs that go on. */
    static final String UNFINISHED = list(status -> !status.isFinal());

    /** Of runs that have ended. */
    static final String ENDED = list(RunStatus::isFinal);

    private StatusSql() {}

    private static String list(Predicate<RunStatus> which) {
        return Arrays.stream(RunStatus.values())
                .filter(which)
                .map(status -> "'" + status.name() + "'")
                .collect(Collectors.joining(", ", "(", ")"));
    }
}
