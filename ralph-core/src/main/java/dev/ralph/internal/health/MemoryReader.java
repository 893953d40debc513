/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.health;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Reads from Linux how much memory there is for this process: of the control groups it is in (version 2 or 1) the one that is
 * nearest to its limit; where none has a limit below what the host has, the host's. Elsewhere it finds nothing. Thread-safe.
 */
public final class MemoryReader {

    private static final String CGROUPS = "sys/fs/cgroup";

    private static final Names VERSION_2 =
            new Names("memory.max", "memory.current", Set.of("inactive_file", "active_file", "slab_reclaimable"));
    private static final Names VERSION_1 = new Names(
            "memory.limit_in_bytes", "memory.usage_in_bytes", Set.of("total_inactive_file", "total_active_file"));

    private final Path root;

    /**
     * Reads below a folder.
     *
     * @param root {@code /}, or what a test made to look like it
     */
    public MemoryReader(Path root) {
        this.root = root;
    }

    Optional<MemoryFigures> read() {
        OptionalLong total = meminfo("MemTotal:");
        List<MemoryFigures> groups = new ArrayList<>();
        for (String line : lines(root.resolve("proc/self/cgroup"))) {
            String[] parts = line.split(":", 3);
            if (parts.length == 3 && parts[1].isEmpty()) {
                up(root.resolve(CGROUPS), parts[2], VERSION_2, groups);
            } else if (parts.length == 3 && List.of(parts[1].split(",")).contains("memory")) {
                up(root.resolve(CGROUPS).resolve("memory"), parts[2], VERSION_1, groups);
            }
        }
        Optional<MemoryFigures> tightest = groups.stream()
                .filter(group -> total.isEmpty() || group.limit() < total.getAsLong())
                .max((one, other) -> Double.compare(one.usedShare(), other.usedShare()));
        return tightest.or(() -> host(total));
    }

    /** From the group up to the root of the mount: a limit of any of them holds. A container may see none but the root. */
    private static void up(Path mount, String group, Names names, List<MemoryFigures> found) {
        Path inner = mount.resolve(group.replaceFirst("^/+", "")).normalize();
        Path folder = inner.startsWith(mount) ? inner : mount;
        while (folder != null && folder.startsWith(mount)) {
            figures(folder, names).ifPresent(found::add);
            folder = folder.getParent();
        }
    }

    private static Optional<MemoryFigures> figures(Path folder, Names names) {
        OptionalLong limit = number(lines(folder.resolve(names.limit)).stream());
        OptionalLong usage = number(lines(folder.resolve(names.usage)).stream());
        if (limit.isEmpty() || usage.isEmpty() || limit.getAsLong() <= 0) {
            return Optional.empty();
        }
        long droppable = 0;
        for (String line : lines(folder.resolve("memory.stat"))) {
            String[] parts = line.split(" ", 2);
            if (parts.length == 2 && names.droppable.contains(parts[0])) {
                droppable += number(Stream.of(parts[1])).orElse(0);
            }
        }
        return Optional.of(new MemoryFigures(Math.max(0, usage.getAsLong() - droppable), limit.getAsLong(), true));
    }

    private Optional<MemoryFigures> host(OptionalLong total) {
        OptionalLong available = meminfo("MemAvailable:");
        return total.isEmpty() || available.isEmpty() || total.getAsLong() <= 0
                ? Optional.empty()
                : Optional.of(new MemoryFigures(
                        Math.max(0, total.getAsLong() - available.getAsLong()), total.getAsLong(), false));
    }

    private OptionalLong meminfo(String name) {
        OptionalLong kilobytes = number(lines(root.resolve("proc/meminfo")).stream()
                .filter(line -> line.startsWith(name))
                .map(line -> line.substring(name.length()).replace("kB", "")));
        return kilobytes.isEmpty() ? kilobytes : OptionalLong.of(kilobytes.getAsLong() * 1_024);
    }

    private static OptionalLong number(Stream<String> texts) {
        return texts.map(String::strip)
                .filter(text -> text.matches("\\d{1,18}"))
                .mapToLong(Long::parseLong)
                .findFirst();
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            return List.of();
        }
    }

    /** Droppable is what the kernel takes back before it kills anybody: files it has read, and what it remembers of them. */
    private record Names(String limit, String usage, Set<String> droppable) {}
}
