/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc.fault;

import dev.ralph.Orchestrator;
import dev.ralph.Run;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * What a node is told beside its order: "pause", "resume", "cancel" and "guide" with a text, for all its runs; "drain" with
 * how many seconds it lets its agents work. Carried out on a thread of their own, which stands still at a boundary too.
 */
final class NodeCommands {

    private final BlockingQueue<String> told = new LinkedBlockingQueue<>();

    void add(String line) {
        told.add(line);
    }

    /** From now on. */
    void obey(Orchestrator ralph, Collection<Run> runs) {
        Thread thread = new Thread(
                () -> {
                    try {
                        while (true) {
                            carryOut(told.take(), ralph, runs);
                        }
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                "commands");
        thread.setDaemon(true);
        thread.start();
    }

    private static void carryOut(String line, Orchestrator ralph, Collection<Run> runs) {
        int space = line.indexOf(' ');
        String what = space < 0 ? line : line.substring(0, space);
        String detail = line.substring(space + 1);
        switch (what) {
            case "pause" -> runs.forEach(Run::pause);
            case "resume" -> runs.forEach(Run::resume);
            case "cancel" -> runs.forEach(Run::cancel);
            case "guide" -> runs.forEach(run -> run.guide(detail));
            case "drain" -> ralph.close(Duration.ofSeconds(Long.parseLong(detail)));
            default -> throw new IllegalArgumentException("no command: " + line);
        }
    }
}
