/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.plain;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a worker process needs is taken from it: one check says so, in time, and no other; it is alive all the same. */
@Tag("integration")
@Tag("linux")
class FailingProbesTest extends WorkerProcesses {

    /** Of the slowest probe, and what a loaded machine may add. */
    private static final Duration IN_TIME = Duration.ofSeconds(15);

    private static final Duration AT_ONCE = Duration.ofSeconds(5);

    /** In whole pages, as the kernel counts. */
    private static final long CONTAINER = 244_141 * 4_096L;

    @SuppressWarnings("NullAway.Init")
    private FakeGemini client;

    @BeforeEach
    void installAgent() throws Exception {
        client = FakeGemini.install(folder, ralph);
    }

    @Test
    void aDatabaseThatStops() throws Exception {
        Postgres lost = new Postgres();
        try {
            ralph.with("DATABASE_URL", lost.migrated(folder));
            try (RalphProcess worker = worker("--metrics-port", "0")) {
                Endpoint endpoint = Endpoint.of(worker);
                Map<String, String> before = ready(endpoint);
                lost.close();

                endpoint.await("dispatcher", "DOWN");
                Endpoint.Answer after = endpoint.await("database", "DOWN");
                assertNotReady(endpoint, before, "database", "dispatcher");
                assertThat(after.took()).isLessThan(IN_TIME);
            }
        } finally {
            lost.close();
        }
    }

    @Test
    void anAgentThatIsRemoved() throws Exception {
        try (RalphProcess worker = worker("--metrics-port", "0")) {
            Endpoint endpoint = Endpoint.of(worker);
            Map<String, String> before = ready(endpoint);
            client.remove();

            Endpoint.Answer after = endpoint.await("agents", "DOWN");
            assertThat(after.message("agents")).contains("no agent is ready", "gemini");
            assertNotReady(endpoint, before, "agents");
            assertThat(stop(worker)).isZero();
        }
    }

    @Test
    @Tag("root")
    void aDiskThatFillsUp() throws Exception {
        Path disk = Files.createDirectory(folder.resolve("disk"));
        run("mount", "-t", "tmpfs", "-o", "size=8m,mode=700", "tmpfs", disk.toString());
        ralph.with("RALPH_ARTIFACTS_DIR", disk.toString());
        try (RalphProcess worker = worker("--metrics-port", "0")) {
            Endpoint endpoint = Endpoint.of(worker);
            Map<String, String> before = ready(endpoint);
            Path big = Files.write(disk.resolve("big"), new byte[7_900_000]);

            Endpoint.Answer after = endpoint.await("disk", "DOWN");
            assertThat(after.message("disk")).contains(disk.toString(), "% full", "make room");
            assertNotReady(endpoint, before, "disk");

            Files.delete(big);
            endpoint.await("disk", "UP");
            assertThat(endpoint.get("/ready").status()).isEqualTo(200);
            assertThat(stop(worker)).isZero();
        } finally {
            run("umount", disk.toString());
        }
    }

    /** A limit of the kernel's own, and a neighbour in the container that takes nearly all of it. */
    @Test
    @Tag("root")
    void aContainerWhoseMemoryIsNearlyUsedUp() throws Exception {
        try (MemoryGroup container = MemoryGroup.limitedTo(CONTAINER)) {
            ralph.jvmArgument("-Xmx64m");
            String command = container.entering(ralph.commandLine() + " worker --metrics-port 0");
            try (RalphProcess worker =
                    ralph.launch(List.of("sh", "-c", command)).awaitOutput("takes runs from")) {
                Endpoint endpoint = Endpoint.of(worker);
                Map<String, String> before = ready(endpoint);
                long free = CONTAINER - container.used();
                Process neighbour = holding(container, free - CONTAINER * 6 / 100);
                try {
                    Endpoint.Answer after = endpoint.await("memory", "DOWN");
                    assertThat(after.message("memory")).contains("of the container's 1000 MB of memory are in use");
                    assertNotReady(endpoint, before, "memory");
                } finally {
                    neighbour.destroyForcibly().onExit().join();
                }
                endpoint.await("memory", "UP");
                assertThat(endpoint.get("/ready").status()).isEqualTo(200);
                assertThat(stop(worker)).isZero();
            }
        }
    }

    /** Reads so much into its memory, and keeps it: nobody takes what it writes. */
    private static Process holding(MemoryGroup group, long bytes) throws IOException {
        return new ProcessBuilder("sh", "-c", group.entering("dd if=/dev/zero bs=" + bytes + " count=1 2>/dev/null"))
                .start();
    }

    private static Map<String, String> ready(Endpoint endpoint) {
        return Awaitility.await("it is ready")
                .atMost(Duration.ofSeconds(60))
                .until(() -> endpoint.get("/ready"), ready -> ready.status() == 200)
                .checks();
    }

    private static void assertNotReady(Endpoint endpoint, Map<String, String> before, String... down)
            throws IOException, InterruptedException {
        Endpoint.Answer ready = endpoint.get("/ready");
        Map<String, String> expected = new TreeMap<>(before);
        for (String check : down) {
            expected.put(check, "DOWN");
        }
        assertThat(ready.status()).as(ready.body()).isEqualTo(503);
        assertThat(ready.checks()).isEqualTo(expected);
        assertThat(ready.took()).isLessThan(IN_TIME);
        Endpoint.Answer live = endpoint.get("/live");
        assertThat(live.status()).isEqualTo(200);
        assertThat(live.took()).isLessThan(AT_ONCE);
        assertThat(endpoint.get("/metrics").status()).isEqualTo(200);
    }

    private static void run(String... command) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
    }
}
