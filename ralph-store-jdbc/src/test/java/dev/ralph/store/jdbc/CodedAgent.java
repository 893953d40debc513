/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc;

import dev.ralph.spi.AgentAdapter;
import dev.ralph.spi.AgentInvocation;
import dev.ralph.spi.AgentListener;
import dev.ralph.spi.AgentOutcome;
import dev.ralph.spi.AgentProbe;
import dev.ralph.spi.UsageReport;
import dev.ralph.spi.UsageReporting;

/** An agent that is code of the test; its id is {@value #ID}. */
record CodedAgent(Work work) implements AgentAdapter {

    static final String ID = "coded";

    /** What it does; may block. */
    @FunctionalInterface
    interface Work {
        AgentOutcome invoke(AgentInvocation invocation) throws Exception;
    }

    /** Comes to its end with this result text. */
    static AgentOutcome says(String result) {
        return new AgentOutcome.Finished(result, false, UsageReport.UNKNOWN);
    }

    @Override
    public String id() {
        return ID;
    }

    @Override
    public UsageReporting usageReporting() {
        return UsageReporting.FINAL;
    }

    @Override
    public AgentProbe probe() {
        return AgentProbe.ready(null);
    }

    @Override
    public AgentOutcome invoke(AgentInvocation invocation, AgentListener listener) throws InterruptedException {
        try {
            return work.invoke(invocation);
        } catch (InterruptedException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
