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
 * Closes the orchestrator when the user or the system asks for it. After Ctrl-C the iteration in flight takes the time it
 * needs; after SIGTERM it gets a deadline; a second signal ends this process and the agents at once, and leaves the run as
 * a crash would.
 */
final class Drain implements StopSignals.Handler {

    /** Exit code after a second signal, as after SIGKILL. */
    private static final int KILLED = 137;

    private static final Duration AS_LONG_AS_IT_TAKES = Duration.ofDays(365);

    private final Orchestrator orchestrator;
    private final Duration deadline;
    private final Consumer<String> notice;
    private final CompletableFuture<Boolean> done = new CompletableFuture<>();
    private volatile @Nullable StopSignal cause;

    Drain(Orchestrator orchestrator, Duration deadline, Consumer<String> notice) {
        this.orchestrator = orchestrator;
        this.deadline = deadline;
        this.notice = notice;
    }

    /** Which signal asked for it; empty while none did. */
    Optional<StopSignal> cause() {
        return Optional.ofNullable(cause);
    }

    /** Waits until the orchestrator is closed. */
    void await() throws InterruptedException {
        try {
            done.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("the orchestrator could not be closed", e.getCause());
        }
    }

    @Override
    public void first(StopSignal signal) {
        cause = signal;
        Duration timeout = switch (signal) {
            case INTERRUPT -> {
                notice.accept("Stopping after this iteration. Ctrl-C again kills the agent at once.");
                yield AS_LONG_AS_IT_TAKES;
            }
            case TERMINATE -> {
                notice.accept("Stopping: the iteration in flight has " + deadline.toSeconds() + " s to end.");
                yield deadline;
            }
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

    @Override
    public void again() {
        notice.accept("Killed. The run stays as it is recorded.");
        ContainmentMechanism mechanism = orchestrator.containment().mechanism();
        if (!mechanism.supervised()) {
            ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
        }
        // Supervisors see the end of this process and kill what they watch.
        Runtime.getRuntime().halt(KILLED);
    }
}
