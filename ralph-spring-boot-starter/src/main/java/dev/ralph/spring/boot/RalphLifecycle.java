/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.spring.boot;

import dev.ralph.Orchestrator;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Lets the orchestrator work while the application does. It starts before web servers take requests, and ends after they have
 * answered the last one, while every bean it uses is still there. Ending blocks for the drain time-out, and up to
 * {@link #CUT_OFF} more, most of it only if agents must be cut off; runs in flight go back to the queue.
 */
public final class RalphLifecycle implements SmartLifecycle {

    /**
     * Lower than the phases of web servers ({@code Integer.MAX_VALUE - 1024} and {@code - 2048}) and of what feeds the
     * application, higher than the default of plain {@code Lifecycle} beans.
     */
    public static final int PHASE = Integer.MAX_VALUE - 3072;

    /**
     * What is left of the time-out of the phase for what may follow the drain: 15 s until agents that are cut off are dead,
     * 5 s for commands that are being delivered, 2 s for the last events.
     */
    static final Duration CUT_OFF = Duration.ofSeconds(22);

    private static final Logger LOG = LoggerFactory.getLogger(RalphLifecycle.class);

    private final Orchestrator orchestrator;
    private final Runnable onStart;
    private final Duration drain;
    private volatile boolean running;
    private volatile boolean ended;

    RalphLifecycle(Orchestrator orchestrator, Runnable onStart, Duration drain) {
        this.orchestrator = orchestrator;
        this.onStart = onStart;
        this.drain = drain;
    }

    /**
     * How long iterations may take to come to their end: as configured, if the time-out of the phase leaves that; in any case
     * half of it, though the rest may then be too short.
     */
    static Duration drain(Duration configured, Duration phase) {
        Duration half = phase.dividedBy(2);
        Duration left = phase.minus(CUT_OFF).compareTo(half) > 0 ? phase.minus(CUT_OFF) : half;
        return configured.compareTo(left) < 0 ? configured : left;
    }

    @Override
    public void start() {
        if (ended) {
            throw new IllegalStateException("the orchestrator of this application context was closed and cannot be"
                    + " started again; make a new context");
        }
        if (orchestrator instanceof HostedOrchestrator hosted) {
            hosted.start();
        }
        running = true;
        onStart.run();
    }

    /** Blocks, so that the beans it uses outlive it even where the time-out of the phase is over. */
    @Override
    public void stop() {
        running = false;
        ended = true;
        if (!orchestrator.close(drain)) {
            LOG.warn("Iterations were cut off when their {} were over; their runs went back to the queue", drain);
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Not: a closed orchestrator does not come back. */
    @Override
    public boolean isPauseable() {
        return false;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }
}
