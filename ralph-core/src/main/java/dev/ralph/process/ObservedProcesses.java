/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Remembers every descendant it ever saw, because one whose parent ends is no descendant any more. */
final class ObservedProcesses implements Survivors {

    private final Set<ProcessHandle> seen = new HashSet<>();

    ObservedProcesses(ProcessHandle root) {
        seen.add(root);
    }

    @Override
    public void observe() {
        seen.removeIf(handle -> !isRunning(handle));
        List.copyOf(seen).forEach(handle -> handle.descendants().forEach(seen::add));
    }

    @Override
    public List<ProcessHandle> alive() {
        observe();
        return seen.stream().filter(ObservedProcesses::isRunning).toList();
    }

    /** Not so a zombie, which stays for ever where the first process of a container collects none. */
    static boolean isRunning(ProcessHandle handle) {
        if (!handle.isAlive()) {
            return false;
        }
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(handle.pid()), "stat"));
            return !stat.substring(stat.lastIndexOf(')') + 1).startsWith(" Z");
        } catch (IOException e) {
            // Where there is no /proc, it is as alive as the JVM says.
            return handle.isAlive();
        }
    }
}
