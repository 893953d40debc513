/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.process;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Remembers every descendant it ever saw, because one whose parent ends is no descendant any more. */
final class ObservedProcesses implements Survivors {

    private final ProcessHandle root;
    private final Set<ProcessHandle> seen = new HashSet<>();

    ObservedProcesses(ProcessHandle root) {
        this.root = root;
        seen.add(root);
    }

    @Override
    public void observe() {
        seen.removeIf(handle -> !handle.isAlive());
        List.copyOf(seen).forEach(handle -> handle.descendants().forEach(seen::add));
    }

    @Override
    public List<ProcessHandle> alive() {
        observe();
        return seen.stream().filter(ProcessHandle::isAlive).toList();
    }

    ProcessHandle root() {
        return root;
    }
}
