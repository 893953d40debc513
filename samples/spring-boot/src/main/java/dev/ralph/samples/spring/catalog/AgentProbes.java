/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.spring.catalog;

import dev.ralph.AgentStatus;
import dev.ralph.Orchestrator;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * What agents say of themselves, asked seldom and once at a time: asking starts their programs. Whoever comes meanwhile hears what
 * they said before, and waits only for the first answer. Thread-safe.
 */
@Component
public final class AgentProbes {

    private static final Duration VALID = Duration.ofSeconds(10);

    private final Orchestrator orchestrator;
    private final ReentrantLock asking = new ReentrantLock();
    private volatile @Nullable Answer last;

    private record Answer(List<AgentStatus> statuses, long at) {

        boolean isFresh() {
            return System.nanoTime() - at <= VALID.toNanos();
        }
    }

    public AgentProbes(Orchestrator orchestrator) {
        this.orchestrator = orchestrator;
    }

    List<AgentStatus> statuses() {
        Answer known = last;
        if (known == null) {
            asking.lock();
        } else if (known.isFresh() || !asking.tryLock()) {
            return known.statuses();
        }
        try {
            known = last;
            if (known == null || !known.isFresh()) {
                known = new Answer(orchestrator.agents(), System.nanoTime());
                last = known;
            }
            return known.statuses();
        } finally {
            asking.unlock();
        }
    }
}
