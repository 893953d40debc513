/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.process;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * A process that was started. It ends by itself, by a time-out, by one of the methods here, or with the JVM; then nothing
 * it started is left, within what {@link ContainmentLevel} says. Thread-safe.
 */
public final class ContainedProcess {

    private final RunningProcess running;
    private final ProcessWatch watch;

    ContainedProcess(RunningProcess running, ProcessWatch watch) {
        this.running = running;
        this.watch = watch;
    }

    /**
     * The process id, on the host, of the root of the tree: the supervisor, or the program itself under
     * {@link ContainmentMechanism#HANDLES}.
     */
    public long pid() {
        return running.process().pid();
    }

    /**
     * Waits for the end. Once this returns or throws, the process and all it started are gone and the listener hears
     * nothing more. May be called by several threads and again after the end.
     *
     * @throws InterruptedException if the calling thread is interrupted; the process is then terminated first, which
     *     takes the grace period and a second at most; a second interrupt meanwhile kills it without grace
     */
    public ProcessExit await() throws InterruptedException {
        try {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            return result();
        } catch (InterruptedException e) {
            terminate(StopCause.INTERRUPTED);
            awaitEndOrKill();
            throw e;
        }
    }

    /** Completes with the end. Cancelling or completing it does nothing to the process. */
    public CompletableFuture<ProcessExit> onExit() {
        return watch.exit().copy();
    }

    /**
     * Asks the process to end (SIGTERM to its process group) and kills it with all it started when the grace period is
     * over. Returns at once; {@link #await} tells when it is done. After the first stop, or after the end, it does
     * nothing.
     */
    public void terminate(StopCause cause) {
        watch.terminate(cause);
    }

    /** Kills the process and all it started without grace. Returns at once. Does nothing after the end. */
    public void kill(StopCause cause) {
        watch.kill(cause);
    }

    boolean over() {
        return watch.exit().isDone();
    }

    String marker() {
        return running.marker();
    }

    private void awaitEndOrKill() {
        while (true) {
            try {
                result();
                return;
            } catch (InterruptedException e) {
                kill(StopCause.INTERRUPTED);
            }
        }
    }

    /** Waits for the end, whatever interrupts. */
    void awaitEnd() {
        watch.exit().handle((exit, failure) -> true).join();
    }

    private ProcessExit result() throws InterruptedException {
        try {
            return watch.exit().get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("Process " + pid() + " could not be supervised to its end", e.getCause());
        }
    }

    @Override
    public String toString() {
        return "ContainedProcess[pid=" + pid() + ", " + running.isolation().mechanism() + "]";
    }
}
