/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.plain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ralph.BudgetLimit;
import dev.ralph.Limits;
import dev.ralph.Run;
import java.math.BigDecimal;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the alerts on runs are about is caused for real, and Prometheus fires them. */
@Tag("monitoring")
@Tag("linux")
@Timeout(300)
class RunAlertsTest extends WatchedWorkers {

    @Test
    void agentsThatFail() throws Exception {
        Prometheus prometheus = prometheus(node());
        Awaitility.await("a high error rate")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(300))
                .until(() -> {
                    host.submit("exit 1");
                    return prometheus.firing().stream().anyMatch(alert -> alert.is("HighErrorRate", CRITICAL));
                });
    }

    @Test
    void aRunThatTakesLongAndOneThatFindsNoSlot() throws Exception {
        Prometheus prometheus = prometheus(node("--parallel", "1"));
        Run first = host.submit(WORKING);
        awaitWorking(prometheus);
        Run second = host.submit(WORKING);

        prometheus.awaitFiring("QueueAge", WARNING);
        assertThat(prometheus.awaitFiring("LongRunningTask", WARNING).labels())
                .containsEntry("task_id", first.id().toString());
        assertThat(prometheus.firing()).extracting(Prometheus.Alert::name).doesNotContain("RunStalled");

        release();
        assertCompleted(first);
        assertCompleted(second);
        prometheus.awaitOver("LongRunningTask", WARNING);
        prometheus.awaitOver("QueueAge", WARNING);
    }

    @Test
    void anAgentThatSaysNothing() throws Exception {
        Prometheus prometheus = prometheus(node());
        Run silent = host.submit(SILENT);

        prometheus.awaitFiring("RunStalled", WARNING);

        release();
        assertCompleted(silent);
        prometheus.awaitOver("RunStalled", WARNING);
    }

    @Test
    void aBudgetThatIsNearlySpent() throws Exception {
        Prometheus prometheus = prometheus(node());
        host.ralph().defineBudget(new BudgetLimit("team", null, BigDecimal.TEN));
        Limits unreported = Limits.builder()
                .maxIterations(3)
                .maxCost("100")
                .reservedCost(new BigDecimal("3.10"))
                .build();
        host.submit("echo \"$1\" >work", spec -> spec.budget("team").limits(unreported))
                .await();

        assertThat(prometheus.awaitFiring("BudgetNearlySpent", WARNING).labels())
                .containsEntry("budget", "team")
                .containsEntry("unit", "usd");

        host.ralph().defineBudget(new BudgetLimit("team", null, new BigDecimal("20")));
        prometheus.awaitOver("BudgetNearlySpent", WARNING);
    }

    /** Somebody locks the table of runs for longer than a lease may be without renewal. */
    @Test
    void aLeaseThatCannotBeRenewed() throws Exception {
        Prometheus prometheus = prometheus(node());
        host.submit(WORKING);
        awaitWorking(prometheus);

        server.in(
                database,
                "BEGIN; LOCK TABLE ralph.orchestrations IN ACCESS EXCLUSIVE MODE; SELECT pg_sleep(14); COMMIT");

        prometheus.awaitFiring("LeaseLosses", WARNING);
        prometheus.awaitOver("LeaseLosses", WARNING);
        release();
    }
}
