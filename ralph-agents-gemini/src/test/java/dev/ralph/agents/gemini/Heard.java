/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.agents.gemini;

import dev.ralph.spi.AgentListener;
import dev.ralph.spi.UsageReport;
import java.util.ArrayList;
import java.util.List;

/** What a listener was told. */
final class Heard implements AgentListener {

    private final List<String> told = new ArrayList<>();
    private final List<UsageReport> reports = new ArrayList<>();

    @Override
    public synchronized void text(String text) {
        told.add("text: " + text);
    }

    @Override
    public synchronized void toolCalled(String tool, String summary) {
        told.add("call " + tool + ": " + summary);
    }

    @Override
    public synchronized void toolReturned(String tool, boolean ok, String summary) {
        told.add((ok ? "ok " : "failed ") + tool + ": " + summary);
    }

    @Override
    public synchronized void usage(UsageReport report) {
        reports.add(report);
    }

    synchronized List<String> told() {
        return List.copyOf(told);
    }

    synchronized List<UsageReport> reports() {
        return List.copyOf(reports);
    }
}
