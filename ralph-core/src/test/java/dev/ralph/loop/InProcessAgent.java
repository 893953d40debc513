/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.loop;

import dev.ralph.spi.AgentAdapter;
import dev.ralph.spi.AgentInvocation;
import dev.ralph.spi.AgentListener;
import dev.ralph.spi.AgentOutcome;
import dev.ralph.spi.AgentProbe;
import dev.ralph.spi.UsageReporting;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** An agent that is code of the test and reports everything while it works. */
final class InProcessAgent implements AgentAdapter {

    /** What it does. */
    @FunctionalInterface
    interface Work {
        AgentOutcome invoke(AgentInvocation invocation, AgentListener listener) throws InterruptedException;
    }

    private final String id;
    private final Work work;
    private final List<AgentInvocation> invocations = new CopyOnWriteArrayList<>();

    InProcessAgent(String id, Work work) {
        this.id = id;
        this.work = work;
    }

    List<AgentInvocation> invocations() {
        return invocations;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public UsageReporting usageReporting() {
        return UsageReporting.STREAMED;
    }

    @Override
    public AgentProbe probe() {
        return AgentProbe.ready(null);
    }

    @Override
    public AgentOutcome invoke(AgentInvocation invocation, AgentListener listener) throws InterruptedException {
        invocations.add(invocation);
        return work.invoke(invocation, listener);
    }
}
