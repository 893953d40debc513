/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.tck;

import dev.ralph.spi.AgentAdapter;
import dev.ralph.spi.AgentInvocation;
import dev.ralph.spi.AgentListener;
import dev.ralph.spi.AgentOutcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.awaitility.Awaitility;

/** One invocation of an adapter on a thread of its own. */
final class AgentWork {

    /** A little less than the time a test of the kit has. */
    private static final Duration PATIENCE = Duration.ofSeconds(110);

    private final CompletableFuture<AgentOutcome> outcome = new CompletableFuture<>();
    private final AgentInvocation invocation;
    private final Thread thread;
    private final long start = System.nanoTime();
    private volatile long end;

    private AgentWork(AgentAdapter adapter, AgentInvocation invocation, AgentListener listener, Runnable first) {
        this.invocation = invocation;
        this.thread = new Thread(
                () -> {
                    first.run();
                    invoke(adapter, listener);
                },
                "agent-work");
    }

    static AgentWork start(AgentAdapter adapter, AgentInvocation invocation, AgentListener listener) {
        AgentWork work = new AgentWork(adapter, invocation, listener, () -> {});
        work.thread.start();
        return work;
    }

    /** How long an adapter takes to throw on a thread that was interrupted before. */
    static Duration startInterrupted(AgentAdapter adapter, AgentInvocation invocation, AgentListener listener)
            throws InterruptedException {
        AgentWork work = new AgentWork(
                adapter, invocation, listener, () -> Thread.currentThread().interrupt());
        work.thread.start();
        return work.untilThrown(work.start);
    }

    Path workspace() {
        return invocation.workspace();
    }

    /** Waits until the agent is at work. */
    AgentWork awaitStarted() {
        awaitFile(Behaviour.STARTED);
        return this;
    }

    void awaitFile(String name) {
        Path file = invocation.workspace().resolve(name);
        Awaitility.await("the agent creates " + name)
                .atMost(PATIENCE)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(5))
                .until(() -> Files.exists(file) || outcome.isDone());
        if (!Files.exists(file)) {
            throw new AssertionError("the agent never created " + name + " in its working directory; " + outcome);
        }
    }

    /** What the adapter returned. */
    AgentOutcome outcome() throws InterruptedException {
        try {
            return outcome.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new AssertionError(
                    "the adapter threw instead of returning an outcome: " + e.getCause(), e.getCause());
        } catch (TimeoutException e) {
            throw new AssertionError("the adapter has not returned after " + PATIENCE, e);
        }
    }

    /** Interrupts the thread the adapter is invoked on; how long the adapter then took to throw. */
    Duration interrupt() throws InterruptedException {
        long interrupted = System.nanoTime();
        thread.interrupt();
        return untilThrown(interrupted);
    }

    private Duration untilThrown(long since) throws InterruptedException {
        try {
            AgentOutcome returned = outcome.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            throw new AssertionError("the adapter was interrupted and returned " + returned + " instead of throwing");
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof InterruptedException)) {
                throw new AssertionError("the adapter was interrupted and threw " + e.getCause(), e.getCause());
            }
        } catch (TimeoutException e) {
            throw new AssertionError("the adapter was interrupted and has not thrown after " + PATIENCE, e);
        }
        return Duration.ofNanos(end - since);
    }

    /** How long the invocation took. */
    Duration took() throws InterruptedException {
        outcome();
        return Duration.ofNanos(end - start);
    }

    /** Ends the invocation if it is still going on. */
    void abandon() throws InterruptedException {
        thread.interrupt();
        thread.join(PATIENCE.toMillis());
    }

    private void invoke(AgentAdapter adapter, AgentListener listener) {
        try {
            AgentOutcome returned = adapter.invoke(invocation, listener);
            end = System.nanoTime();
            outcome.complete(returned);
        } catch (Throwable thrown) {
            end = System.nanoTime();
            outcome.completeExceptionally(thrown);
        }
    }
}
