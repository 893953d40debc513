/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.plain;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import org.awaitility.Awaitility;

/** A control group of this host with a limit of memory, as a container has one. Made by root alone. */
final class MemoryGroup implements AutoCloseable {

    private static final Path MOUNT = Path.of("/sys/fs/cgroup");

    /** What the kernel drops before it runs out, by the names of both versions. */
    private static final Set<String> DROPPABLE =
            Set.of("inactive_file", "active_file", "slab_reclaimable", "total_inactive_file", "total_active_file");

    private final Path folder;
    private final String usage;

    private MemoryGroup(Path folder, String usage) {
        this.folder = folder;
        this.usage = usage;
    }

    static MemoryGroup limitedTo(long bytes) throws IOException {
        boolean unified = Files.exists(MOUNT.resolve("cgroup.controllers"));
        Path folder = Files.createDirectory((unified ? MOUNT : ofThisProcess()).resolve("ralph-" + UUID.randomUUID()));
        Files.writeString(folder.resolve(unified ? "memory.max" : "memory.limit_in_bytes"), Long.toString(bytes));
        return new MemoryGroup(folder, unified ? "memory.current" : "memory.usage_in_bytes");
    }

    private static Path ofThisProcess() throws IOException {
        String own = Files.readAllLines(Path.of("/proc/self/cgroup")).stream()
                .map(line -> line.split(":", 3))
                .filter(parts -> parts[1].equals("memory"))
                .map(parts -> parts[2])
                .findFirst()
                .orElseThrow();
        return MOUNT.resolve("memory").resolve(own.substring(1));
    }

    /** The command line of a shell that works in it. */
    String entering(String command) {
        return "echo $$ >" + folder.resolve("cgroup.procs") + " && exec " + command;
    }

    /** What processes in it use, without what the kernel can drop. */
    long used() throws IOException {
        boolean unified = usage.equals("memory.current");
        long droppable = Files.readAllLines(folder.resolve("memory.stat")).stream()
                .map(line -> line.split(" "))
                .filter(parts -> DROPPABLE.contains(parts[0]) && unified != parts[0].startsWith("total_"))
                .mapToLong(parts -> Long.parseLong(parts[1]))
                .sum();
        return Long.parseLong(Files.readString(folder.resolve(usage)).strip()) - droppable;
    }

    /** Once its processes have ended. */
    @Override
    public void close() {
        Awaitility.await("an empty group")
                .atMost(Duration.ofSeconds(30))
                .ignoreExceptions()
                .until(() -> Files.deleteIfExists(folder));
    }
}
