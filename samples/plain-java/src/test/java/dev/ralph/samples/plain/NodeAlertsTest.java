/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.plain;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the alerts on nodes, and on what nodes need, are about is caused for real, and Prometheus fires them. */
@Tag("monitoring")
@Tag("linux")
@Timeout(300)
class NodeAlertsTest extends WatchedWorkers {

    /** In whole pages, as the kernel counts. */
    private static final long CONTAINER = 244_141 * 4_096L;

    @Test
    void aRedisThatIsKilled() throws Exception {
        Prometheus prometheus = prometheus(node(), asked(host.endpoint()));
        redis.kill();

        prometheus.awaitFiring("CacheDown", WARNING);
        completeOne();

        redis.startAgain();
        prometheus.awaitOver("CacheDown", WARNING);
    }

    /** Somebody locks the table of runs, again and again. */
    @Test
    void aStoreThatIsSlow() throws Exception {
        Prometheus prometheus = prometheus(node());
        host.submit(WORKING);
        awaitWorking(prometheus);
        AtomicBoolean enough = new AtomicBoolean();
        CompletableFuture<Void> locks = CompletableFuture.runAsync(() -> {
            while (!enough.get()) {
                lockRuns();
            }
        });
        try {
            prometheus.awaitFiring("StoreSlow", WARNING);
        } finally {
            enough.set(true);
            locks.join();
        }
        prometheus.awaitOver("StoreSlow", WARNING);
        release();
    }

    private void lockRuns() {
        try {
            server.in(
                    database,
                    "BEGIN; LOCK TABLE ralph.orchestrations IN ACCESS EXCLUSIVE MODE; SELECT pg_sleep(1.5); COMMIT");
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aWorkerThatIsGone() throws Exception {
        RalphProcess gone = watchedWorker();
        Prometheus prometheus = prometheus(asked(Endpoint.of(gone)));
        gone.signal("KILL");

        prometheus.awaitFiring("UptimeBudgetBurn", CRITICAL);
        prometheus.awaitFiring("UptimeBudgetBurn", WARNING);

        bundle.watch(node());
        prometheus.awaitOver("UptimeBudgetBurn", CRITICAL);
    }

    @Test
    void aDatabaseThatIsGone() throws Exception {
        Postgres lost = new Postgres();
        try {
            use(lost);
            Prometheus prometheus = prometheus(node());
            host.submit(WORKING);
            awaitWorking(prometheus);
            lost.close();

            prometheus.awaitFiring("ErrorBudgetBurn", CRITICAL);
            prometheus.awaitFiring("ErrorBudgetBurn", WARNING);
            // It answers, but is not ready.
            assertThat(prometheus.figures("sum(up)")).containsExactly(1.0);
            prometheus.awaitFiring("UptimeBudgetBurn", CRITICAL);
        } finally {
            lost.close();
        }
    }

    /** A limit of the kernel's own, and a neighbour in the container that takes nearly all of it. */
    @Test
    @Tag("root")
    void aContainerWhoseMemoryIsNearlyUsedUp() throws Exception {
        MemoryGroup container = closing(MemoryGroup.limitedTo(CONTAINER));
        HttpServer kubelet = kubelet(container);
        bundle.kubelet(kubelet.getAddress().getPort());
        String command = container.entering(ralph.commandLine() + " worker --metrics-port 0");
        RalphProcess worker = closing(ralph.launch(List.of("sh", "-c", command)).awaitOutput("takes runs from"));
        bundle.watch(asked(Endpoint.of(worker)));
        Prometheus prometheus = closing(Prometheus.start(bundle));
        Awaitility.await("both are up")
                .atMost(PATIENCE)
                .until(() -> prometheus.figures("sum(up)").equals(List.of(2.0)));
        assertThat(prometheus.firing()).isEmpty();

        Process neighbour = holding(container, CONTAINER - container.used() - CONTAINER * 6 / 100);
        try {
            Awaitility.await("both tell of it")
                    .atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(prometheus.firing())
                            .filteredOn(alert -> alert.is("HighMemoryUsage", WARNING))
                            .extracting(alert -> alert.labels().get("job"))
                            .containsExactlyInAnyOrder("ralph-orchestrator", "kubelet-cadvisor"));
        } finally {
            neighbour.destroyForcibly().onExit().join();
        }
        prometheus.awaitOver("HighMemoryUsage", WARNING);
        kubelet.stop(0);
        assertThat(stop(worker)).isZero();
    }

    /** Reads so much into its memory, and keeps it: nobody takes what it writes. */
    private static Process holding(MemoryGroup group, long bytes) throws IOException {
        return new ProcessBuilder("sh", "-c", group.entering("dd if=/dev/zero bs=" + bytes + " count=1 2>/dev/null"))
                .start();
    }

    /** Tells of the group what the kubelet tells of a container. */
    private static HttpServer kubelet(MemoryGroup container) throws IOException {
        HttpServer page = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        page.createContext("/metrics", exchange -> {
            String labels = "{namespace=\"production\",pod=\"ralph-0\",container=\"ralph\"} ";
            byte[] text = ("container_memory_usage_bytes" + labels + container.used() + "\n"
                            + "container_spec_memory_limit_bytes" + labels + CONTAINER + "\n")
                    .getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4");
            exchange.sendResponseHeaders(200, text.length);
            exchange.getResponseBody().write(text);
            exchange.close();
        });
        page.start();
        return page;
    }
}
