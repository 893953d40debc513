/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc.fault;

import dev.ralph.CheckpointPolicy;
import dev.ralph.Limits;
import dev.ralph.Orchestrator;
import dev.ralph.ProgressPolicy;
import dev.ralph.RetryPolicy;
import dev.ralph.Run;
import dev.ralph.RunSpec;
import dev.ralph.RunSpecBuilder;
import dev.ralph.StoreUnavailableException;
import dev.ralph.spi.Gate;
import dev.ralph.spi.Store;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A node in a process of its own. Says "up" once it works, "at" and where when it stops at a boundary (until it reads
 * "go on"), "ended" and how of each run, "closed" at the end. Obeys {@link NodeCommands}. Dies with its standard input.
 */
final class NodeMain {

    private static final String GO_ON = "go on";

    private final NodeOrder order;
    private final CountDownLatch goOn = new CountDownLatch(1);
    private final AtomicBoolean stopped = new AtomicBoolean();
    private final NodeCommands commands = new NodeCommands();

    private NodeMain(NodeOrder order) {
        this.order = order;
    }

    public static void main(String[] arguments) throws InterruptedException {
        NodeMain node = new NodeMain(NodeOrder.parse(arguments));
        Thread listening = new Thread(node::listen, "standard-input");
        listening.setDaemon(true);
        listening.start();
        node.work();
    }

    private void work() throws InterruptedException {
        int connections = order.tasks().size() + 2;
        Path acks = order.folder().resolve(Arena.ACKS);
        try (Store store = WatchedStore.open(order.database(), connections, acks, this::reached);
                Orchestrator ralph = Orchestrator.builder()
                        .store(store)
                        .node(order.name())
                        .agent(new ToldUsage.Provider(ClusterAgents.scripted(order.folder(), order.name())))
                        .leases(order.lease(), order.margin())
                        .maxParallelRuns(order.tasks().size())
                        .clock(() -> Instant.now().plus(order.clockError()))
                        .build()) {
            say("up");
            Map<String, Run> runs = new LinkedHashMap<>();
            for (String task : order.tasks()) {
                runs.put(task, submit(ralph, task));
            }
            commands.obey(ralph, runs.values());
            for (Map.Entry<String, Run> run : runs.entrySet()) {
                say("ended " + run.getKey() + " " + run.getValue().await().reason());
            }
        }
        say("closed");
    }

    /** As a host does: what got no answer is submitted again, under the same task id. */
    private Run submit(Orchestrator ralph, String task) {
        while (true) {
            try {
                return ralph.submit(spec(task));
            } catch (StoreUnavailableException e) {
                say("submitting " + task + " again: " + e.getMessage());
            }
        }
    }

    /** Each host has a folder of its own under the same name: where the node was started. */
    private RunSpec spec(String task) {
        RunSpecBuilder spec = RunSpec.prompt("Do the task")
                .taskId(task)
                .workspace(Path.of("/proc/self/cwd", task))
                .agent("scripted")
                .limits(Limits.builder()
                        .maxIterations(10_000)
                        .maxCost("100000")
                        .reservedCost(new BigDecimal(Arena.RESERVED))
                        .build())
                .gate(Gate.command(
                        "test",
                        "-e",
                        order.folder().resolve(task + Arena.FINISH).toString()))
                .retry(RetryPolicy.DEFAULT
                        .withDelays(
                                order.terms().backOff(), order.terms().backOff().multipliedBy(2))
                        .withMaxConsecutiveFailures(1000)
                        .withMaxTakeovers(1000))
                .progress(ProgressPolicy.OFF)
                .checkpoints(order.checkpoints() ? CheckpointPolicy.EVERY_ITERATION : CheckpointPolicy.OFF)
                .onInterrupted(order.terms().onInterrupted());
        if (order.terms().budget() != null) {
            spec.budget(order.terms().budget()).tenant(order.terms().budget());
        }
        return spec.build();
    }

    private void reached(Boundary boundary) {
        if (boundary.equals(order.stopAt()) && stopped.compareAndSet(false, true)) {
            say("at " + boundary);
            try {
                goOn.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void listen() {
        try (BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (String line = input.readLine(); line != null; line = input.readLine()) {
                if (line.equals(GO_ON)) {
                    goOn.countDown();
                } else {
                    commands.add(line);
                }
            }
        } catch (IOException e) {
            say("standard input is broken: " + e);
        }
        Runtime.getRuntime().halt(1);
    }

    @SuppressWarnings("SystemOut")
    private static void say(String line) {
        System.out.println(line);
    }
}
