/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc.fault;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * What a node of a cluster is told to do.
 *
 * @param name its name, by which its writes and its agents are told from others'
 * @param database the URL of the database
 * @param folder where agents leave their marks
 * @param lease how long its leases last
 * @param margin how long before their end it kills its agents
 * @param slots runs it works at once
 * @param connections of its pool
 * @param clockError how much its clock is ahead
 * @param drain how long iterations in flight may take once it is told to end
 * @param keys letters of the keys it encrypts under; none for nothing
 */
record WorkerOrder(
        String name,
        String database,
        Path folder,
        Duration lease,
        Duration margin,
        int slots,
        int connections,
        Duration clockError,
        Duration drain,
        String keys) {

    WorkerOrder leases(Duration ttl, Duration killMargin) {
        return new WorkerOrder(name, database, folder, ttl, killMargin, slots, connections, clockError, drain, keys);
    }

    WorkerOrder slots(int atOnce) {
        return new WorkerOrder(name, database, folder, lease, margin, atOnce, connections, clockError, drain, keys);
    }

    WorkerOrder connections(int most) {
        return new WorkerOrder(name, database, folder, lease, margin, slots, most, clockError, drain, keys);
    }

    WorkerOrder clockAheadBy(Duration error) {
        return new WorkerOrder(name, database, folder, lease, margin, slots, connections, error, drain, keys);
    }

    WorkerOrder drainingFor(Duration most) {
        return new WorkerOrder(name, database, folder, lease, margin, slots, connections, clockError, most, keys);
    }

    WorkerOrder keys(String letters) {
        return new WorkerOrder(name, database, folder, lease, margin, slots, connections, clockError, drain, letters);
    }

    /** As arguments of {@link WorkerMain}. */
    List<String> arguments() {
        return List.of(
                name,
                database,
                folder.toString(),
                lease.toString(),
                margin.toString(),
                Integer.toString(slots),
                Integer.toString(connections),
                clockError.toString(),
                drain.toString(),
                keys);
    }

    static WorkerOrder parse(String[] arguments) {
        return new WorkerOrder(
                arguments[0],
                arguments[1],
                Path.of(arguments[2]),
                Duration.parse(arguments[3]),
                Duration.parse(arguments[4]),
                Integer.parseInt(arguments[5]),
                Integer.parseInt(arguments[6]),
                Duration.parse(arguments[7]),
                Duration.parse(arguments[8]),
                arguments[9]);
    }
}
