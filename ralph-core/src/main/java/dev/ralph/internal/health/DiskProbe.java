/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.health;

import dev.ralph.health.CheckResult;
import dev.ralph.health.CheckStatus;
import dev.ralph.health.HealthImpact;
import dev.ralph.health.HealthProbe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Whether there is room on the disks of the folders Ralph writes to. One that was never there is still to be made. */
public final class DiskProbe implements HealthProbe {

    /** Measures the disk of a folder. */
    @FunctionalInterface
    interface Measure {
        DiskSpace of(Path folder) throws IOException;
    }

    private static final double LIMIT = 0.9;
    private static final long MEGABYTE = 1_000_000;

    private final List<Path> folders;
    private final Measure measure;
    private final Set<Path> seen = ConcurrentHashMap.newKeySet();

    public DiskProbe(Collection<Path> folders) {
        this(folders, DiskSpace::of);
    }

    DiskProbe(Collection<Path> folders, Measure measure) {
        this.folders = folders.stream()
                .map(folder -> folder.toAbsolutePath().normalize())
                .distinct()
                .toList();
        this.measure = measure;
    }

    @Override
    public String name() {
        return "disk";
    }

    @Override
    public HealthImpact impact() {
        return HealthImpact.READINESS;
    }

    @Override
    public String whenSilent() {
        return "see whether a network disk among these folders has lost its server: " + folders;
    }

    @Override
    public CheckResult check() {
        List<String> problems = new ArrayList<>();
        Map<String, Object> details = new LinkedHashMap<>();
        folders.forEach(folder -> look(folder, problems, details));
        return problems.isEmpty()
                ? new CheckResult(CheckStatus.UP, null, details)
                : new CheckResult(CheckStatus.DOWN, String.join("; ", problems), details);
    }

    private void look(Path folder, List<String> problems, Map<String, Object> details) {
        if (Files.exists(folder)) {
            seen.add(folder);
            measure(folder, folder, problems, details);
            if (!Files.isWritable(folder)) {
                problems.add(folder + " cannot be written; correct its rights, or mount its disk for writing");
            }
        } else if (!Files.notExists(folder)) {
            problems.add("it cannot be found out whether " + folder
                    + " is there; see that its disk is mounted and answers, and that its parents may be entered");
        } else if (seen.contains(folder)) {
            problems.add(folder + " was there and is gone; mount its disk again, or bring it back");
        } else {
            Path parent = folder.getParent();
            while (parent != null && Files.notExists(parent)) {
                parent = parent.getParent();
            }
            if (parent != null) {
                measure(folder, parent, problems, details);
            }
        }
    }

    /** What a folder that is still to be made is going to be on is the disk of what is nearest above it. */
    private void measure(Path folder, Path there, List<String> problems, Map<String, Object> details) {
        try {
            DiskSpace space = measure.of(there);
            details.put(folder + " usedPercent", space.usedPercent());
            if (space.usedShare() >= LIMIT) {
                problems.add("the disk of " + folder + " is " + space.usedPercent() + " % full, with "
                        + space.usable() / MEGABYTE + " MB left, and must be less than " + Percent.of(LIMIT)
                        + " % full; make room there or move the folder");
            }
        } catch (IOException e) {
            problems.add("the disk of " + folder + " cannot be looked at ("
                    + e.getClass().getSimpleName() + "); see that it is mounted");
        }
    }
}
