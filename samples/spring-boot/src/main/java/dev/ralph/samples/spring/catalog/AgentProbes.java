/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.spring.catalog;

import dev.ralph.AgentStatus;
import dev.ralph.Orchestrator;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What agents say of themselves, asked seldom: asking starts their programs. Thread-safe; whoever comes meanwhile waits. */
@Component
public final class AgentProbes {

    private static final Duration VALID = Duration.ofSeconds(10);

    private final Orchestrator orchestrator;
    private @Nullable List<AgentStatus> statuses;
    private long askedAt;

    public AgentProbes(Orchestrator orchestrator) {
        this.orchestrator = orchestrator;
    }

    synchronized List<AgentStatus> statuses() {
        List<AgentStatus> known = statuses;
        if (known == null || System.nanoTime() - askedAt > VALID.toNanos()) {
            known = orchestrator.agents();
            statuses = known;
            askedAt = System.nanoTime();
        }
        return known;
    }
}
