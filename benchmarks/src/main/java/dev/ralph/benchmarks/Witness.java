/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A word in the environment of an agent and of all it starts, by which they are found in {@code /proc}. */
record Witness(String word) {

    static final String VARIABLE = "RALPH_WITNESS";

    /** How many are alive; supervisors, whose environment is another, do not count. */
    int alive() throws IOException {
        return processes().size();
    }

    /** Waits until none is alive, and gives the number of those that are in the end. */
    int awaitNone(Duration bound) throws IOException, InterruptedException {
        long end = System.nanoTime() + bound.toNanos();
        int left = alive();
        while (left > 0 && System.nanoTime() - end < 0) {
            TimeUnit.MILLISECONDS.sleep(5);
            left = alive();
        }
        return left;
    }

    /** Leaves nothing on the host, whatever was measured. */
    void killAll() throws IOException {
        processes().forEach(ProcessHandle::destroyForcibly);
    }

    private List<ProcessHandle> processes() throws IOException {
        List<ProcessHandle> found = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (Path entry : entries) {
                if (environment(entry).contains(VARIABLE + "=" + word)
                        && environment(entry).contains("RALPH_PROCESS=")) {
                    ProcessHandle.of(Long.parseLong(entry.getFileName().toString()))
                            .ifPresent(found::add);
                }
            }
        }
        return found;
    }

    private static String environment(Path process) {
        try {
            return new String(Files.readAllBytes(process.resolve("environ")), StandardCharsets.UTF_8);
        } catch (IOException gone) {
            return "";
        }
    }
}
