/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.agents.gemini.internal;

import dev.ralph.spi.AgentListener;
import dev.ralph.spi.UsageReport;

/** Listens and forgets. */
final class Deaf implements AgentListener {

    @Override
    public void text(String text) {}

    @Override
    public void toolCalled(String tool, String summary) {}

    @Override
    public void toolReturned(String tool, boolean ok, String summary) {}

    @Override
    public void usage(UsageReport report) {}
}
