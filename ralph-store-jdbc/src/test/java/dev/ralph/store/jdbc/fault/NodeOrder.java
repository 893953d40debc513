/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc.fault;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a node is told to do.
 *
 * @param name its name, by which its writes and its agents are told from others'
 * @param database the URL of the database
 * @param folder where agents leave their marks
 * @param lease how long its leases last
 * @param margin how long before their end it kills its agents
 * @param checkpoints whether its workspaces are checkpointed
 * @param clockError how much its clock is ahead
 * @param stopAt where it stops until it is told to go on, or null
 * @param terms what its runs are submitted with
 * @param tasks the task ids of the runs it submits, or goes on with if they are known
 */
record NodeOrder(
        String name,
        String database,
        Path folder,
        Duration lease,
        Duration margin,
        boolean checkpoints,
        Duration clockError,
        @Nullable Boundary stopAt,
        RunTerms terms,
        List<String> tasks) {

    private static final String NOWHERE = "-";

    NodeOrder leases(Duration ttl, Duration killMargin) {
        return new NodeOrder(name, database, folder, ttl, killMargin, checkpoints, clockError, stopAt, terms, tasks);
    }

    NodeOrder withCheckpoints() {
        return new NodeOrder(name, database, folder, lease, margin, true, clockError, stopAt, terms, tasks);
    }

    NodeOrder clockAheadBy(Duration error) {
        return new NodeOrder(name, database, folder, lease, margin, checkpoints, error, stopAt, terms, tasks);
    }

    NodeOrder stoppingAt(@Nullable Boundary boundary) {
        return new NodeOrder(name, database, folder, lease, margin, checkpoints, clockError, boundary, terms, tasks);
    }

    NodeOrder with(RunTerms others) {
        return new NodeOrder(name, database, folder, lease, margin, checkpoints, clockError, stopAt, others, tasks);
    }

    /** As arguments of {@link NodeMain}. */
    List<String> arguments() {
        List<String> arguments = new ArrayList<>(List.of(
                name,
                database,
                folder.toString(),
                lease.toString(),
                margin.toString(),
                Boolean.toString(checkpoints),
                clockError.toString(),
                stopAt == null ? NOWHERE : stopAt.toString(),
                terms.toString()));
        arguments.addAll(tasks);
        return arguments;
    }

    static NodeOrder parse(String[] arguments) {
        return new NodeOrder(
                arguments[0],
                arguments[1],
                Path.of(arguments[2]),
                Duration.parse(arguments[3]),
                Duration.parse(arguments[4]),
                Boolean.parseBoolean(arguments[5]),
                Duration.parse(arguments[6]),
                arguments[7].equals(NOWHERE) ? null : Boundary.parse(arguments[7]),
                RunTerms.parse(arguments[8]),
                Arrays.asList(arguments).subList(9, arguments.length));
    }
}
