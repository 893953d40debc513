/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc.fault;

import dev.ralph.Orchestrator;
import dev.ralph.store.jdbc.DbSchedulerDispatcher;
import dev.ralph.store.jdbc.JdbcStore;
import dev.ralph.store.jdbc.MigrationMode;
import dev.ralph.store.jdbc.Sealing;
import dev.ralph.workspace.GitWorkspaceProvider;
import java.io.IOException;
import java.time.Instant;

/**
 * A node of a cluster, in a process of its own. Says "up" once it works the queue. Told to end (SIGTERM), it drains, and
 * says "closed" and whether every iteration came to its end. Dies with its standard input.
 */
final class WorkerMain {

    private WorkerMain() {}

    public static void main(String[] arguments) throws IOException {
        WorkerOrder order = WorkerOrder.parse(arguments);
        JdbcStore store = JdbcStore.builder()
                .url(order.database())
                .pool(1, order.connections())
                .migrations(MigrationMode.NONE)
                .encryption(Sealing.keys(order.keys()))
                .build();
        Orchestrator node = ClusterAgents.register(Orchestrator.builder(), order.folder(), order.name())
                .store(store)
                .dispatcher(DbSchedulerDispatcher.working())
                .node(order.name())
                .leases(order.lease(), order.margin())
                .maxParallelRuns(order.slots())
                .clock(() -> Instant.now().plus(order.clockError()))
                .property(
                        GitWorkspaceProvider.FOLDER,
                        Fleet.clones(order.folder(), order.name()).toString())
                .build();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            say("closed " + node.close(order.drain()));
            store.close();
        }));
        say("up");
        while (System.in.read() >= 0) {
            // Nothing is said to it.
        }
        Runtime.getRuntime().halt(1);
    }

    @SuppressWarnings("SystemOut")
    private static void say(String line) {
        System.out.println(line);
    }
}
