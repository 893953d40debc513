/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.plain.host;

import dev.ralph.Orchestrator;
import dev.ralph.OrchestratorClosedException;
import dev.ralph.Run;
import dev.ralph.RunResult;
import dev.ralph.RunSnapshot;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Sees one run through: shows it, and stops it in an orderly way when asked to. */
public final class RunSession {

    private final Orchestrator orchestrator;
    private final Duration drainTimeout;

    /**
     * Prepares.
     *
     * @param drainTimeout what an iteration in flight gets after SIGTERM
     */
    public RunSession(Orchestrator orchestrator, Duration drainTimeout) {
        this.orchestrator = orchestrator;
        this.drainTimeout = drainTimeout;
    }

    /**
     * Sets a run going and blocks until it has ended or this process was asked to stop.
     *
     * @param start submits or resumes it; signals are heard already
     */
    public RunEnd drive(Supplier<Started> start, RunView view) throws InterruptedException {
        Drain drain = new Drain(orchestrator, drainTimeout, view::notice);
        StopSignals signals = StopSignals.listen(drain);
        try {
            RunEnd end = follow(start.get(), view, drain);
            view.end(end);
            return end;
        } finally {
            signals.close();
        }
    }

    private static RunEnd follow(Started started, RunView view, Drain drain) throws InterruptedException {
        Run run = started.run();
        view.begin(run);
        InOrder events = new InOrder(started.after(), view);
        Run.Subscription subscription = run.follow(started.after(), events);
        @Nullable RunResult result;
        try {
            result = run.await();
        } catch (OrchestratorClosedException e) {
            drain.await();
            RunSnapshot now = run.snapshot();
            result = now.status().isFinal() ? RunResult.of(now) : null;
        } finally {
            subscription.close();
        }
        events.finish(run);
        return new RunEnd(run.id(), result, drain.cause().orElse(null));
    }
}
