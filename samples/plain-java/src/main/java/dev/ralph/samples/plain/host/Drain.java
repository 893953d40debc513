/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.plain.host;

import dev.ralph.Orchestrator;
import dev.ralph.process.ContainmentMechanism;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Closes the orchestrator when the user or the system asks for it: how, says the role of this process. A second signal ends
 * this process and its agents at once, and leaves runs as a crash would.
 */
final class Drain implements StopSignals.Handler {

    /** Exit code after a second signal, as after SIGKILL. */
    private static final int KILLED = 137;

    private static final Duration AS_LONG_AS_IT_TAKES = Duration.ofDays(365);

    private final Role role;
    private final Orchestrator orchestrator;
    private final Duration deadline;
    private final Consumer<String> notice;
    private final CompletableFuture<Boolean> done = new CompletableFuture<>();
    private volatile @Nullable StopSignal cause;

    /** What this process does. */
    enum Role {
        /** Works on one run. After Ctrl-C its iteration takes the time it needs, after SIGTERM it gets a deadline. */
        RUN,
        /** Works on whatever is queued. Others go on, so iterations have a deadline after either signal. */
        WORKER,
        /** Watches a run that others work on. */
        WATCHER
    }

    /**
     * Prepares.
     *
     * @param deadline what iterations in flight get where they have a deadline
     * @param notice is told what happens
     */
    Drain(Role role, Orchestrator orchestrator, Duration deadline, Consumer<String> notice) {
        this.role = role;
        this.orchestrator = orchestrator;
        this.deadline = deadline;
        this.notice = notice;
    }

    /** Which signal asked for it; empty while none did. */
    Optional<StopSignal> cause() {
        return Optional.ofNullable(cause);
    }

    /**
     * Waits until the orchestrator is closed.
     *
     * @return whether all iterations in flight came to their end; false if some were cut off
     */
    boolean await() throws InterruptedException {
        try {
            return done.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("the orchestrator could not be closed", e.getCause());
        }
    }

    @Override
    public void first(StopSignal signal) {
        cause = signal;
        Duration timeout = switch (role) {
            case RUN ->
                signal == StopSignal.INTERRUPT ? afterThisIteration() : withDeadline("the iteration in flight has");
            case WORKER -> withDeadline("no more runs are taken up, and iterations in flight have");
            case WATCHER -> Duration.ZERO;
        };
        Thread thread = new Thread(
                () -> {
                    try {
                        done.complete(orchestrator.close(timeout));
                    } catch (RuntimeException e) {
                        done.completeExceptionally(e);
                    }
                },
                "ralph-drain");
        thread.start();
    }

    private Duration afterThisIteration() {
        notice.accept("Stopping after this iteration. Ctrl-C again kills the agent at once.");
        return AS_LONG_AS_IT_TAKES;
    }

    private Duration withDeadline(String who) {
        notice.accept("Stopping: " + who + " " + deadline.toSeconds() + " s to end.");
        return deadline;
    }

    @Override
    public void again() {
        notice.accept(
                switch (role) {
                    case RUN -> "Killed. The run stays as it is recorded.";
                    case WORKER -> "Killed. Other workers go on with its runs once their leases have run out.";
                    case WATCHER -> "Killed.";
                });
        ContainmentMechanism mechanism = orchestrator.containment().mechanism();
        if (!mechanism.supervised()) {
            ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
        }
        // Supervisors see the end of this process and kill what they watch.
        Runtime.getRuntime().halt(KILLED);
    }
}
