/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.plain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a worker process serves by HTTP while it works and until it has stopped. */
@Tag("integration")
class WorkerHealthTest extends WorkerProcesses {

    @BeforeEach
    void installAgent() throws Exception {
        FakeGemini.install(folder, ralph);
    }

    @Test
    void aWorkerServesHealthAndMetricsWhileItWorksAndUntilItHasDrained() throws Exception {
        submit();
        try (RalphProcess worker = worker("--metrics-port", "0")) {
            agent.await(1);
            Endpoint endpoint = Endpoint.of(worker);

            assertThat(endpoint.get("/live").status()).isEqualTo(200);
            Endpoint.Answer ready = endpoint.get("/ready");
            assertThat(ready.status()).as(ready.body()).isEqualTo(200);
            assertThat(ready.checks())
                    .containsEntry("orchestrator", "UP")
                    .containsEntry("database", "UP")
                    .containsEntry("dispatcher", "UP")
                    .containsEntry("leases", "UP");
            assertThat(ready.json()
                            .get("checks")
                            .get("leases")
                            .get("details")
                            .get("held")
                            .asInt())
                    .isEqualTo(1);
            assertThat(endpoint.get("/health").checks()).containsKeys("agents", "containment", "disk", "memory");
            assertMetrics(endpoint.get("/metrics"));

            worker.signal("TERM");
            worker.awaitOutput("iterations in flight have 30 s to end");
            Awaitility.await("not ready while it drains")
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> endpoint.get("/ready").status() == 503);
            assertThat(endpoint.get("/ready").message("orchestrator")).contains("another node");
            assertThat(endpoint.get("/live").status()).isEqualTo(200);
            assertMetrics(endpoint.get("/metrics"));

            agent.release(1);
            var end = worker.await();
            assertThat(end.code()).as(end.all()).isZero();
            // That not every agent is installed may be told.
            assertThat(end.err()).doesNotContain("ERROR", "Exception");
            assertThatExceptionOfType(ConnectException.class).isThrownBy(() -> endpoint.get("/live"));
        }
    }

    private static void assertMetrics(Endpoint.Answer metrics) {
        assertThat(metrics.status()).isEqualTo(200);
        assertThat(metrics.type()).isEqualTo("text/plain; version=0.0.4; charset=utf-8");
        assertThat(metrics.body())
                .containsPattern("(?m)^process_resident_memory_bytes [1-9]")
                .containsPattern("(?m)^process_uptime_seconds [0-9]")
                .containsPattern("(?m)^process_cpu_usage [0-9]")
                .containsPattern("(?m)^process_files_open_files [1-9]")
                .containsPattern("(?m)^jvm_memory_used_bytes\\{area=\"heap\",id=\"[^\"]+\"} [1-9]")
                .containsPattern("(?m)^jvm_threads_live_threads [1-9]");
    }

    @Test
    void aPortThatIsTakenIsSaidBeforeAnyWorkBegins() throws Exception {
        String id = submit();
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var end = ralph.run("worker", "--metrics-port", Integer.toString(taken.getLocalPort()));

            assertThat(end.code()).as(end.all()).isEqualTo(2);
            assertThat(end.err())
                    .startsWith("ralph: ")
                    .contains("cannot listen on", ":" + taken.getLocalPort(), "METRICS_PORT")
                    .hasLineCount(1);
            assertThat(end.out()).isEmpty();
        }
        awaitStatus(id, "QUEUED");
        assertThat(iterations(id)).isEmpty();
    }

    @Test
    void metricsAreSwitchedByConfiguration() throws Exception {
        ralph.with("METRICS_PORT", "0").with("ENABLE_METRICS", "false");
        try (RalphProcess worker = worker()) {
            Endpoint endpoint = Endpoint.of(worker);
            assertThat(endpoint.get("/metrics").status()).isEqualTo(404);
            assertThat(endpoint.get("/live").status()).isEqualTo(200);
            assertThat(stop(worker)).isZero();
        }
        var wrong = ralph.with("ENABLE_METRICS", "perhaps").run("worker");
        assertThat(wrong.code()).as(wrong.all()).isEqualTo(2);
        assertThat(wrong.err())
                .contains("ENABLE_METRICS is 'perhaps' in the environment, but must be true or false")
                .hasLineCount(1);
        assertThat(ralph.run("worker", "--metrics-port", "65536").err())
                .contains("--metrics-port", "65536", "from 0 to 65535");
    }

    @Test
    void aWorkerWithoutAPortServesNothing() throws Exception {
        try (RalphProcess worker = worker()) {
            assertThat(worker.printed()).doesNotContain("Health and metrics");
            assertThat(stop(worker)).isZero();
        }
    }
}
