/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc.fault;

import dev.ralph.Cost;
import dev.ralph.Usage;
import dev.ralph.process.OutputChannel;
import dev.ralph.spi.AgentAdapter;
import dev.ralph.spi.AgentAdapterProvider;
import dev.ralph.spi.AgentInvocation;
import dev.ralph.spi.AgentListener;
import dev.ralph.spi.AgentOutcome;
import dev.ralph.spi.AgentProbe;
import dev.ralph.spi.ProviderContext;
import dev.ralph.spi.UsageReport;
import dev.ralph.spi.UsageReporting;
import java.math.BigDecimal;
import java.nio.ByteBuffer;

/** An agent that tells while it works what it has used, in lines such as {@code used 3 4 0.01}. */
final class ToldUsage implements AgentAdapter {

    private final AgentAdapter agent;

    private ToldUsage(AgentAdapter agent) {
        this.agent = agent;
    }

    /** Lets what another one makes tell its usage. */
    record Provider(AgentAdapterProvider agent) implements AgentAdapterProvider {

        @Override
        public String id() {
            return agent.id();
        }

        @Override
        public AgentAdapter create(ProviderContext context) {
            return new ToldUsage(agent.create(context));
        }
    }

    @Override
    public String id() {
        return agent.id();
    }

    @Override
    public UsageReporting usageReporting() {
        return UsageReporting.PARTIAL;
    }

    @Override
    public AgentProbe probe() {
        return agent.probe();
    }

    @Override
    public AgentOutcome invoke(AgentInvocation invocation, AgentListener listener) throws InterruptedException {
        return agent.invoke(invocation, new Lines(listener));
    }

    @Override
    public void close() {
        agent.close();
    }

    private record Lines(AgentListener listener) implements AgentListener {

        @Override
        public void text(String text) {
            String[] parts = text.strip().split(" ", -1);
            if (parts.length == 4 && parts[0].equals("used")) {
                listener.usage(
                        new Usage(Long.parseLong(parts[1]), Long.parseLong(parts[2]), 0, 0),
                        Cost.billed(new BigDecimal(parts[3])));
            } else {
                listener.text(text);
            }
        }

        @Override
        public void toolCalled(String tool, String summary) {
            listener.toolCalled(tool, summary);
        }

        @Override
        public void toolReturned(String tool, boolean ok, String summary) {
            listener.toolReturned(tool, ok, summary);
        }

        @Override
        public void printed(OutputChannel channel, ByteBuffer bytes) {
            listener.printed(channel, bytes);
        }

        @Override
        public void usage(UsageReport report) {
            listener.usage(report);
        }
    }
}
