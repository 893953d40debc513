/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.loop;

import dev.ralph.CheckpointPolicy;
import dev.ralph.Cost;
import dev.ralph.Limits;
import dev.ralph.Orchestrator;
import dev.ralph.OrchestratorBuilder;
import dev.ralph.ProgressPolicy;
import dev.ralph.RunSpec;
import dev.ralph.Usage;
import dev.ralph.spi.AgentOutcome;
import dev.ralph.spi.UsageReport;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Measures iterations of an agent that does nothing, observed and not; prints by how much the former take longer. */
final class ObservingOverheadMain {

    static final String MICROS = "MICROS ";

    /** What the test allows, in microseconds. */
    static final double MOST = 50;

    private static final int ITERATIONS = 100;
    private static final int WARM_UP = 8;
    private static final int LEAST_BLOCKS = 10;
    private static final int MOST_BLOCKS = 40;
    private static final double NANOS = 1e3;

    private ObservingOverheadMain() {}

    /** How it is observed. */
    enum Observing {
        /** With a handler that only listens: what handlers make of observations is their own affair. */
        BY_METRICS_AND_OBSERVATIONS {
            @Override
            OrchestratorBuilder on(OrchestratorBuilder builder) {
                ObservationRegistry observations = ObservationRegistry.create();
                observations.observationConfig().observationHandler(context -> true);
                return builder.meterRegistry(new PrometheusMeterRegistry(PrometheusConfig.DEFAULT))
                        .observationRegistry(observations);
            }
        };

        abstract OrchestratorBuilder on(OrchestratorBuilder builder);
    }

    /** Its arguments are how to observe, and a folder. */
    public static void main(String[] arguments) throws Exception {
        Observing observing = Observing.valueOf(arguments[0]);
        Path folder = Path.of(arguments[1]);
        Subject plain = new Subject(Files.createDirectories(folder.resolve("plain")));
        Subject observed = new Subject(Files.createDirectories(folder.resolve("observed")));
        try (Orchestrator off = plain.build(Orchestrator.builder());
                Orchestrator on = observed.build(observing.on(Orchestrator.builder()))) {
            for (int i = 0; i < WARM_UP; i++) {
                plain.median(off);
                observed.median(on);
            }
            // Other work on the machine only ever adds: the quickest block of each kind is what it costs.
            long without = Long.MAX_VALUE;
            long with = Long.MAX_VALUE;
            int blocks = 0;
            while (blocks < LEAST_BLOCKS || (micros(with - without) >= MOST && blocks < MOST_BLOCKS)) {
                without = Math.min(without, plain.median(off));
                with = Math.min(with, observed.median(on));
                blocks++;
            }
            System.out.printf(
                    Locale.ROOT,
                    "observed iteration: %.1f µs, %.1f without %s (medians of %d, least of %d blocks)%n",
                    micros(with),
                    micros(without),
                    observing,
                    ITERATIONS,
                    blocks);
            System.out.println(MICROS + micros(with - without));
        }
    }

    private static double micros(long nanos) {
        return nanos / NANOS;
    }

    /** An agent that does nothing, and notes when it is called. */
    private static final class Subject {

        private static final UsageReport USAGE =
                new UsageReport(new Usage(10, 20, 30, 40), Cost.billed(new BigDecimal("0.01")));

        private final Path workspace;
        private final List<Long> calls = new ArrayList<>();

        Subject(Path workspace) {
            this.workspace = workspace;
        }

        Orchestrator build(OrchestratorBuilder builder) {
            return builder.agent(new InProcessAgent("scripted", (invocation, listener) -> {
                        calls.add(System.nanoTime());
                        listener.text("working");
                        return new AgentOutcome.Finished("working", false, USAGE);
                    }))
                    .build();
        }

        /** The median time from one call to the next, in nanoseconds. */
        long median(Orchestrator ralph) throws InterruptedException {
            calls.clear();
            ralph.run(RunSpec.prompt("Do the task")
                    .workspace(workspace)
                    .agent("scripted")
                    .progress(ProgressPolicy.OFF)
                    .checkpoints(CheckpointPolicy.OFF)
                    .limits(Limits.builder().maxIterations(ITERATIONS).build())
                    .build());
            long[] times = new long[calls.size() - 1];
            for (int i = 0; i < times.length; i++) {
                times[i] = calls.get(i + 1) - calls.get(i);
            }
            Arrays.sort(times);
            return times[times.length / 2];
        }
    }
}
