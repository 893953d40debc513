/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ralph.health.CheckResult;
import dev.ralph.health.CheckStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Folders that look like those of hosts and containers. */
class MemoryReaderTest {

    private static final String HOST = "MemTotal: 16000000 kB\nMemFree: 1000 kB\nMemAvailable: 12000000 kB\n";

    @TempDir
    Path root;

    @Test
    void aContainerOfVersionTwoHasItsLimitAndNotTheHosts() throws IOException {
        write("proc/meminfo", HOST);
        write("proc/self/cgroup", "0::/\n");
        write("sys/fs/cgroup/memory.max", "1000000000\n");
        write("sys/fs/cgroup/memory.current", "950000000\n");
        write(
                "sys/fs/cgroup/memory.stat",
                "anon 900\ninactive_file 10000000\nactive_file 15000000\nslab_reclaimable 5000000\n");

        assertThat(new MemoryReader(root).read()).hasValue(new MemoryFigures(920_000_000, 1_000_000_000, true));
        CheckResult check = new MemoryProbe(new MemoryReader(root)).check();
        assertThat(check.status()).isEqualTo(CheckStatus.DOWN);
        assertThat(check.message())
                .contains("92.0 %")
                .contains("container's 1000 MB")
                .contains("RALPH_MAX_PARALLEL_RUNS");
    }

    @Test
    void filesTheKernelMayDropAreNotInUse() throws IOException {
        write("proc/self/cgroup", "0::/\n");
        write("sys/fs/cgroup/memory.max", "1000000000\n");
        write("sys/fs/cgroup/memory.current", "950000000\n");
        write("sys/fs/cgroup/memory.stat", "inactive_file 51000000\n");

        CheckResult check = new MemoryProbe(new MemoryReader(root)).check();

        assertThat(check.status()).isEqualTo(CheckStatus.UP);
        assertThat(check.details()).containsEntry("usedPercent", 89.9).containsEntry("limitOf", "container");
    }

    @Test
    void theGroupNearestToItsLimitCounts() throws IOException {
        write("proc/meminfo", HOST);
        write("proc/self/cgroup", "0::/slice/ralph\n");
        write("sys/fs/cgroup/slice/memory.max", "2000\n");
        write("sys/fs/cgroup/slice/memory.current", "1900\n");
        write("sys/fs/cgroup/slice/ralph/memory.max", "1000\n");
        write("sys/fs/cgroup/slice/ralph/memory.current", "100\n");

        assertThat(new MemoryReader(root).read()).hasValue(new MemoryFigures(1_900, 2_000, true));
    }

    @Test
    void aContainerOfVersionOneThatSeesOnlyTheRootOfItsMountHasItsLimit() throws IOException {
        write("proc/meminfo", HOST);
        write("proc/self/cgroup", "5:cpu,cpuacct:/docker/4711\n4:memory:/docker/4711\n0::/\n");
        write("sys/fs/cgroup/memory/memory.limit_in_bytes", "500\n");
        write("sys/fs/cgroup/memory/memory.usage_in_bytes", "400\n");
        write("sys/fs/cgroup/memory/memory.stat", "inactive_file 7\ntotal_inactive_file 60\ntotal_active_file 40\n");

        assertThat(new MemoryReader(root).read()).hasValue(new MemoryFigures(300, 500, true));
    }

    @Test
    void withoutALimitBelowWhatTheHostHasTheHostCounts() throws IOException {
        write("proc/meminfo", HOST);
        write("proc/self/cgroup", "4:memory:/a\n0::/\n");
        write("sys/fs/cgroup/memory.max", "max\n");
        write("sys/fs/cgroup/memory.current", "950\n");
        write("sys/fs/cgroup/memory/a/memory.limit_in_bytes", "9223372036854771712\n");
        write("sys/fs/cgroup/memory/a/memory.usage_in_bytes", "400\n");

        assertThat(new MemoryReader(root).read())
                .hasValue(new MemoryFigures(4_000_000L * 1_024, 16_000_000L * 1_024, false));
        assertThat(new MemoryProbe(new MemoryReader(root)).check().details()).containsEntry("limitOf", "host");
    }

    @Test
    void aPathThatLeadsOutOfTheMountIsNotFollowed() throws IOException {
        write("proc/self/cgroup", "0::/../../../outside\n");
        write("outside/memory.max", "10\n");
        write("outside/memory.current", "10\n");

        assertThat(new MemoryReader(root).read()).isEmpty();
    }

    @Test
    void whereThePlatformSaysNothingNothingIsHeldAgainstTheNode() {
        CheckResult check = new MemoryProbe(new MemoryReader(root)).check();

        assertThat(check.status()).isEqualTo(CheckStatus.UP);
        assertThat(check.details()).containsKey("heapUsedMegabytes").doesNotContainKey("usedPercent");
    }

    @Test
    @Tag("linux")
    void thisHostSaysHowMuchItHas() {
        assertThat(new MemoryReader(Path.of("/")).read())
                .hasValueSatisfying(memory -> assertThat(memory.usedPercent()).isBetween(0.1, 100.0));
    }

    private void write(String file, String text) throws IOException {
        Path path = root.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }
}
