/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.plain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ralph.BudgetLimit;
import dev.ralph.Limits;
import dev.ralph.Run;
import dev.ralph.gate.CommandGate;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Healthy nodes under Prometheus: no alert fires, and each rule and each panel of the dashboard has figures. */
@Tag("monitoring")
@Tag("linux")
@Timeout(300)
class HealthyNodesTest extends WatchedWorkers {

    @Test
    void nothingFiresOnHealthyNodesAndAllRulesRecord() throws Exception {
        Prometheus prometheus = prometheus(node(), asked(host.endpoint()));
        long enough = System.nanoTime() + Duration.ofSeconds(45).toNanos();
        while (System.nanoTime() < enough) {
            completeOne();
            assertThat(prometheus.firing()).isEmpty();
        }
        for (String recorded : MonitoringBundle.recorded()) {
            assertThat(prometheus.figures(recorded)).as(recorded).isNotEmpty();
        }
        assertThat(prometheus.figures("job:ralph_available:avg30d")).containsExactly(1.0);
        assertThat(prometheus.figures("job:ralph_store_call_errors:ratio30d")).containsExactly(0.0);
        assertThat(prometheus.figures("count(ALERTS{alertstate=\"firing\"})")).isEmpty();
    }

    @Test
    void everyExpressionOfTheDashboardHasFigures() throws Exception {
        Endpoint worker = node();
        host.ralph().defineBudget(new BudgetLimit("team", null, BigDecimal.TEN));
        Path repository = folder.resolve("repo");
        // What is first seen at 1 has never risen: each is once before it is watched, and once after.
        verify(repository);
        Prometheus prometheus = prometheus(worker, asked(host.endpoint()));
        verify(repository);
        host.submit(WORKING);

        Set<String> left = new LinkedHashSet<>(MonitoringBundle.dashboardExpressions());
        assertThat(left).hasSizeGreaterThan(50);
        Awaitility.await("figures for each expression of the dashboard")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofSeconds(1))
                .untilAsserted(() -> {
                    host.submit("exit 1");
                    left.removeIf(expression ->
                            !prometheus.figures(forAllNodes(expression)).isEmpty());
                    assertThat(left).isEmpty();
                });
        release();
    }

    /** A run in a repository, so that there are checkpoints, on a budget and with a gate. */
    private void verify(Path repository) throws Exception {
        Run run = host.submit(
                repository,
                DONE,
                spec -> spec.budget("team")
                        .limits(Limits.builder().maxCost("1").build())
                        .gate(CommandGate.of(List.of("true")).withName("passes")));
        assertCompleted(run);
        assertThat(host.ralph().find(run.id())).isPresent();
    }

    /** As Grafana asks it for all nodes. */
    private static String forAllNodes(String expression) {
        return expression.replace("$job", ".*").replace("$instance", ".*").replace("$__rate_interval", "10s");
    }
}
