/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.agent.cli;

import dev.ralph.InvalidValueException;
import dev.ralph.process.ContainedProcess;
import dev.ralph.process.OutputChannel;
import dev.ralph.process.ProcessExit;
import dev.ralph.process.ProcessLauncher;
import dev.ralph.process.ProcessListener;
import dev.ralph.process.ProcessSpec;
import dev.ralph.process.StopCause;
import dev.ralph.spi.AgentListener;
import dev.ralph.spi.AgentOutcome;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One launch of a client: starts it, lets a transcript read it, and ends it if it lingers once it has concluded. Whatever
 * ends a client that had concluded, the outcome is what it had said.
 */
public final class ClientProcess {

    /** How long a client that has concluded may take to end, unless it prints something. */
    public static final Duration LINGER = Duration.ofSeconds(2);

    private final ClientTranscript transcript;
    private final AgentListener listener;
    private final long lingerNanos;
    private @Nullable ContainedProcess running;
    private boolean watched;
    private boolean lingered;
    private long lastLineAt;

    private ClientProcess(ClientTranscript transcript, AgentListener listener, Duration linger) {
        this.transcript = transcript;
        this.listener = listener;
        this.lingerNanos = linger.toNanos();
    }

    /**
     * Runs a client to its end. Blocks until everything it started is dead.
     *
     * @param transcript reads its standard output; standard error is drained, and its end is in
     *     {@link ProcessExit#stderr}
     * @param listener is given what it prints to either channel, as it is
     * @param linger how long it may take to end after it concluded; {@link #LINGER} is what is usual
     * @throws dev.ralph.process.ProcessStartException if it cannot be started; {@link ClientOutcomes#notStarted} says
     *     what that means
     * @throws InvalidValueException if the linger is negative
     * @throws InterruptedException if the calling thread is interrupted, once everything is dead, which takes the grace
     *     period and a second at most
     */
    public static AgentOutcome run(
            ProcessLauncher processes,
            ProcessSpec spec,
            ClientTranscript transcript,
            AgentListener listener,
            Duration linger)
            throws InterruptedException {
        if (linger.isNegative()) {
            throw new InvalidValueException("linger", linger, "must not be negative");
        }
        ClientProcess launch = new ClientProcess(transcript, listener, linger);
        ContainedProcess process = processes.start(spec, launch.hearing());
        launch.started(process);
        return launch.outcome(process.await());
    }

    /** A client may print before the launcher returns. */
    private synchronized void started(ContainedProcess process) {
        running = process;
        if (lingered) {
            process.terminate(StopCause.LINGERED);
        }
    }

    private ProcessListener hearing() {
        return new ProcessListener() {
            /** Outside the lock: a slow disk must not hold up what looks whether the client lingers. */
            @Override
            public void printed(OutputChannel channel, ByteBuffer bytes) {
                listener.printed(channel, bytes);
            }

            @Override
            public void line(OutputChannel channel, String line, boolean cut) {
                if (channel == OutputChannel.STDOUT) {
                    output(line, cut);
                }
            }
        };
    }

    private synchronized void output(String line, boolean cut) {
        if (lingered) {
            return;
        }
        lastLineAt = System.nanoTime();
        try {
            transcript.output(line, cut);
        } finally {
            if (transcript.concluded() && !watched) {
                watched = true;
                checkIn(lingerNanos);
            }
        }
    }

    private void checkIn(long nanos) {
        CompletableFuture.delayedExecutor(nanos, TimeUnit.NANOSECONDS).execute(this::endIfItLingers);
    }

    private synchronized void endIfItLingers() {
        if (!transcript.concluded()) {
            watched = false;
            return;
        }
        long left = lastLineAt + lingerNanos - System.nanoTime();
        if (left > 0) {
            checkIn(left);
            return;
        }
        // From here on nothing it prints can take its result back.
        lingered = true;
        if (running != null) {
            running.terminate(StopCause.LINGERED);
        }
    }

    private synchronized AgentOutcome outcome(ProcessExit exit) {
        AgentOutcome.Failed stopped = transcript.concluded() ? null : ClientOutcomes.stopped(exit, transcript.usage());
        return stopped != null ? stopped : transcript.outcome(exit);
    }
}
