/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.process;

import dev.ralph.internal.log.LogScope;
import dev.ralph.process.ProcessStartException.Reason;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Starts a process and puts the threads to work that look after it. Thread-safe. */
final class ProcessStarter implements AutoCloseable {

    static final int START_SECONDS = 20;

    private static final int IDLE_SECONDS = 10;

    private final ProcessSpawner spawner;
    /**
     * Platform threads although they only wait: reading a pipe blocks the carrier of a virtual thread, and with a few
     * hundred of them the JVM's scheduler has no carrier left for anybody.
     */
    private final ThreadPoolExecutor threads = new ThreadPoolExecutor(
            0,
            Integer.MAX_VALUE,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            new DaemonThreads("ralph-process"));

    ProcessStarter(ProcessSpawner spawner) {
        this.spawner = spawner;
    }

    ContainedProcess start(Isolation isolation, ProcessSpec spec, ProcessListener listener, Duration leftovers) {
        RunningProcess running = spawner.spawn(isolation, spec, leftovers);
        ReadyLine ready = new ReadyLine(running.files()::unlinkInput);
        StreamDrain.Preamble preamble = running.supervised() ? ready : stream -> {};
        ProcessStreams streams = new ProcessStreams(running.process(), preamble, spec.limits(), listener);
        ProcessWatch watch = new ProcessWatch(running, spec.timeouts(), streams);
        ContainedProcess process = new ContainedProcess(running, watch);
        Executor forThisRun = task -> threads.execute(LogScope.carried(task));
        streams.startDraining(forThisRun);
        forThisRun.execute(watch);
        forThisRun.execute(() -> awaitEnd(running.process(), watch));
        if (running.supervised()) {
            throwIfNotReady(ready.await(TimeUnit.SECONDS.toNanos(START_SECONDS)), process, isolation);
        }
        return process;
    }

    @Override
    public void close() {
        spawner.close();
        threads.shutdown();
    }

    /** Not by {@code onExit}, which needs a free thread of the common pool. */
    private static void awaitEnd(Process process, ProcessWatch watch) {
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            watch.processGone();
        }
    }

    private static void throwIfNotReady(@Nullable String problem, ContainedProcess process, Isolation isolation) {
        if (problem == null) {
            return;
        }
        process.kill(StopCause.CANCELLED);
        process.awaitEnd();
        throw new ProcessStartException(
                Reason.OTHER,
                "The supervisor could not be started in " + isolation.mechanism() + ": " + problem
                        + "; look at the host's limits on processes, memory and namespaces.");
    }
}
