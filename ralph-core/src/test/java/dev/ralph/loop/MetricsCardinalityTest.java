/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.loop;

import static dev.ralph.loop.Playground.quick;
import static dev.ralph.loop.Playground.result;
import static dev.ralph.loop.Playground.until;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ralph.Cost;
import dev.ralph.FailureClass;
import dev.ralph.Orchestrator;
import dev.ralph.Run;
import dev.ralph.RunId;
import dev.ralph.RunSpec;
import dev.ralph.Usage;
import dev.ralph.internal.monitor.StoreCall;
import dev.ralph.metrics.RalphMetricNames;
import dev.ralph.spi.AgentOutcome;
import dev.ralph.spi.UsageReport;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** However many runs there are, and whatever they are called, a registry holds as many meters. */
class MetricsCardinalityTest {

    private static final int FEW = 20;
    private static final int MANY = 1_000;
    private static final int PARALLEL = 4;

    @RegisterExtension
    final Playground play = new Playground();

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final Set<RunId> failedOnce = ConcurrentHashMap.newKeySet();

    @Test
    @Timeout(600)
    void aThousandRunsLeaveAsManyMetersAsTwenty() throws Exception {
        Orchestrator ralph = play.start(Orchestrator.builder()
                .meterRegistry(registry)
                .maxParallelRuns(PARALLEL)
                .agent(new InProcessAgent("scripted", (invocation, listener) -> {
                    UsageReport usage = new UsageReport(new Usage(1, 2, 3, 4), Cost.billed(BigDecimal.ONE));
                    return failedOnce.add(invocation.run())
                            ? new AgentOutcome.Failed(
                                    FailureClass.AGENT_ERROR, UUID.randomUUID().toString(), null, usage)
                            : new AgentOutcome.Finished("LOOP_COMPLETE", false, usage);
                })));

        runAll(ralph, FEW);
        Set<String> afterFew = meters();
        assertThat(afterFew).isNotEmpty();
        runAll(ralph, MANY);

        assertThat(meters()).isEqualTo(afterFew);
        assertThat(registry.find(RalphMetricNames.STORE_CALLS).meters())
                .as("which calls there are depends on how long runs take")
                .hasSizeLessThanOrEqualTo(2 * StoreCall.values().length);
        assertThat(registry.get(RalphMetricNames.RUNS)
                        .tags("reason", "completed")
                        .counter()
                        .count())
                .isEqualTo(FEW + MANY);
        assertThat(registry.getMeters().stream()
                        .flatMap(meter -> meter.getId().getTags().stream())
                        .map(Tag::getKey))
                .doesNotContain(RalphMetricNames.TAG_TASK_ID);
    }

    private void runAll(Orchestrator ralph, int runs) throws Exception {
        List<Run> submitted = new ArrayList<>();
        for (int i = 0; i < runs; i++) {
            String random = UUID.randomUUID().toString();
            submitted.add(ralph.submit(quick(RunSpec.prompt("Do " + random)
                            .workspace(play.directory("w" + i))
                            .agent("scripted"))
                    .taskId("task " + random)
                    .tenant("tenant " + random)
                    .subject("subject " + random)
                    .label("label", random)
                    .build()));
        }
        for (Run run : submitted) {
            result(run);
        }
        until(
                () -> registry.find(RalphMetricNames.TASK_DURATION).meters().isEmpty() ? true : null,
                "the end of the last run");
    }

    private Set<String> meters() {
        return registry.getMeters().stream()
                .map(Meter::getId)
                .filter(id -> !id.getName().startsWith(RalphMetricNames.STORE_CALLS))
                .map(Meter.Id::toString)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
