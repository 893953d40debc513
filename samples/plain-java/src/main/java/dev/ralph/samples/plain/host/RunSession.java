/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.plain.host;

import dev.ralph.OrchestratorClosedException;
import dev.ralph.Run;
import dev.ralph.RunId;
import dev.ralph.RunResult;
import dev.ralph.RunSnapshot;
import dev.ralph.StoreException;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Sees one run through: shows it, and stops it in an orderly way when asked to. */
public final class RunSession {

    private final Host host;
    private final Drain.Role role;
    private final Duration drainTimeout;

    private RunSession(Host host, Drain.Role role, Duration drainTimeout) {
        this.host = host;
        this.role = role;
        this.drainTimeout = drainTimeout;
    }

    /**
     * For a run that this process works on.
     *
     * @param drainTimeout what an iteration in flight gets after SIGTERM
     */
    public RunSession(Host host, Duration drainTimeout) {
        this(host, Drain.Role.RUN, drainTimeout);
    }

    /** For a run that others work on: to stop is to look away. */
    public static RunSession watching(Host host) {
        return new RunSession(host, Drain.Role.WATCHER, Duration.ZERO);
    }

    /**
     * Sets a run going and blocks until it has ended or this process was asked to stop.
     *
     * @param start submits or resumes it; signals are heard already
     */
    public RunEnd drive(Supplier<Started> start, RunView view) throws InterruptedException {
        Drain drain = new Drain(role, host.owned(), drainTimeout, view::notice);
        StopSignals signals = StopSignals.listen(drain);
        try {
            RunEnd end = follow(start.get(), view, drain);
            view.end(end);
            return end;
        } finally {
            signals.close();
        }
    }

    private RunEnd follow(Started started, RunView view, Drain drain) throws InterruptedException {
        Run run = started.run();
        view.begin(run);
        if (started.notice() != null) {
            view.notice(started.notice());
        }
        InOrder events = new InOrder(started.after(), view);
        Run.Subscription subscription = run.follow(started.after(), events);
        try {
            RunResult result = run.await();
            events.finish(run);
            return new RunEnd(run.id(), result, drain.cause().orElse(null), isWatched());
        } catch (OrchestratorClosedException | StoreException e) {
            if (drain.cause().isEmpty()) {
                throw e;
            }
            drain.await();
            return lookAgain(run.id(), events, drain.cause().orElse(null));
        } finally {
            subscription.close();
        }
    }

    /** The orchestrator is closed, and its store with it. */
    private RunEnd lookAgain(RunId id, InOrder events, @Nullable StopSignal cause) {
        try (Host again = Host.reading()) {
            Run run = again.run(id.toString());
            RunSnapshot now = run.snapshot();
            events.finish(run);
            return new RunEnd(id, now.status().isFinal() ? RunResult.of(now) : null, cause, isWatched());
        }
    }

    private boolean isWatched() {
        return role == Drain.Role.WATCHER;
    }
}
