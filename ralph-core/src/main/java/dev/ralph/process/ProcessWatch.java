/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.process;

import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks after one process on a thread of its own: keeps the supervisor informed, enforces the time-outs, stops the
 * process step by step, and sums up when it is over.
 */
final class ProcessWatch implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(ProcessWatch.class);

    /** Together with {@link #AFTER_FORCE} and {@link #FOR_SURVIVORS} below the second by which a stop may be late. */
    private static final long BEFORE_FORCE = TimeUnit.MILLISECONDS.toNanos(450);

    private static final long AFTER_FORCE = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long FOR_SURVIVORS = TimeUnit.MILLISECONDS.toNanos(200);
    private static final long FOR_STREAMS_OF_STOPPED = TimeUnit.MILLISECONDS.toNanos(150);
    private static final long FOR_STREAMS = TimeUnit.SECONDS.toNanos(5);
    private static final long QUIET = TimeUnit.MILLISECONDS.toNanos(500);
    private static final long STOP = TimeUnit.MILLISECONDS.toNanos(950);

    private final RunningProcess running;
    private final ProcessTimeouts timeouts;
    private final ProcessStreams streams;
    private final long startedAt = System.nanoTime();
    private final BlockingQueue<Message> mailbox = new LinkedBlockingQueue<>();
    private final CompletableFuture<ProcessExit> exit = new CompletableFuture<>();

    private @Nullable Stop stop;
    private Phase phase = Phase.RUNNING;
    private long phaseEndsAt;
    private long stopEndsAt;
    private long nextBeatAt = startedAt;
    private long lastBeatAt = startedAt;
    private long longestSilence;

    private enum Phase {
        RUNNING,
        TERMINATING,
        KILLING,
        FORCED
    }

    private sealed interface Message {}

    private record Gone() implements Message {}

    private record Stop(ProcessEnd end, @Nullable StopCause cause) implements Message {}

    ProcessWatch(RunningProcess running, ProcessTimeouts timeouts, ProcessStreams streams) {
        this.running = running;
        this.timeouts = timeouts;
        this.streams = streams;
    }

    /** Completes when everything is over. */
    CompletableFuture<ProcessExit> exit() {
        return exit;
    }

    void terminate(StopCause cause) {
        mailbox.add(new Stop(ProcessEnd.TERMINATED, cause));
    }

    void kill(StopCause cause) {
        mailbox.add(new Stop(ProcessEnd.KILLED, cause));
    }

    void processGone() {
        mailbox.add(new Gone());
    }

    @Override
    public void run() {
        try {
            superviseUntilGone();
            ProcessExit result = conclude();
            running.files().delete();
            exit.complete(result);
        } catch (Throwable failure) {
            running.control().kill();
            force();
            running.files().delete();
            exit.completeExceptionally(failure);
        } finally {
            streams.close();
        }
    }

    private void superviseUntilGone() throws InterruptedException {
        while (true) {
            long now = System.nanoTime();
            if (now - nextBeatAt >= 0) {
                if (!running.control().beat() && phase == Phase.RUNNING) {
                    apply(new Stop(ProcessEnd.SUPERVISOR_LOST, null));
                }
                running.survivors().observe();
                longestSilence = Math.max(longestSilence, now - lastBeatAt);
                lastBeatAt = now;
                nextBeatAt = now + running.control().beatEvery().toNanos();
            }
            if (phase == Phase.RUNNING) {
                checkTimeouts(now);
            } else if (now - phaseEndsAt >= 0 && !escalate()) {
                return;
            }
            Message message = mailbox.poll(nextEventAt() - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (message instanceof Gone) {
                return;
            }
            if (message instanceof Stop request) {
                apply(request);
            }
        }
    }

    private long nextEventAt() {
        long next = nextBeatAt;
        if (phase == Phase.RUNNING) {
            next = earlier(next, earlier(wallEndsAt(), idleEndsAt()));
        } else {
            next = earlier(next, phaseEndsAt);
        }
        return next;
    }

    private static long earlier(long a, long b) {
        return a - b < 0 ? a : b;
    }

    private long wallEndsAt() {
        return startedAt + timeouts.wall().toNanos();
    }

    /** Nothing can be idle for longer than it runs: one time-out for both is the wall's, whichever clock is a little ahead. */
    private long idleEndsAt() {
        return timeouts.idle().compareTo(timeouts.wall()) < 0
                ? streams.lastActivityNanos() + timeouts.idle().toNanos()
                : wallEndsAt();
    }

    private void checkTimeouts(long now) {
        if (now - wallEndsAt() >= 0) {
            apply(new Stop(ProcessEnd.WALL_TIMEOUT, null));
        } else if (now - idleEndsAt() >= 0) {
            apply(new Stop(ProcessEnd.IDLE_TIMEOUT, null));
        }
    }

    /** The first stop is the reason of the end, except that a kill overtakes whatever was more polite. */
    private void apply(Stop request) {
        boolean killing = request.end() == ProcessEnd.KILLED || request.end() == ProcessEnd.SUPERVISOR_LOST;
        if (killing && phase.compareTo(Phase.KILLING) < 0) {
            stopEndsAt = System.nanoTime() + STOP;
            stop = request;
            running.survivors().observe();
            running.control().kill();
            enter(Phase.KILLING, BEFORE_FORCE);
        } else if (phase == Phase.RUNNING) {
            stopEndsAt = System.nanoTime() + timeouts.grace().toNanos() + STOP;
            stop = request;
            running.survivors().observe();
            running.control().terminate();
            enter(Phase.TERMINATING, timeouts.grace().toNanos());
        }
    }

    /** Takes the next, harder step; false if there is none. */
    private boolean escalate() {
        return switch (phase) {
            case RUNNING -> throw new IllegalStateException("nothing to escalate");
            case TERMINATING -> {
                running.control().kill();
                enter(Phase.KILLING, BEFORE_FORCE);
                yield true;
            }
            case KILLING -> {
                force();
                enter(Phase.FORCED, AFTER_FORCE);
                yield true;
            }
            case FORCED -> false;
        };
    }

    /** Kills the supervisor too, with its helpers, which nothing marks. */
    private void force() {
        List<ProcessHandle> tree = running.process().descendants().toList();
        running.process().toHandle().destroyForcibly();
        tree.forEach(ProcessHandle::destroyForcibly);
    }

    private void enter(Phase next, long nanos) {
        phase = next;
        phaseEndsAt = System.nanoTime() + nanos;
    }

    private ProcessExit conclude() throws InterruptedException {
        running.control().release();
        OptionalInt exitCode = exitCode();
        // A supervisor that reports the exit code has ended everything it can find before.
        boolean clean = running.isolation().findsAll() && exitCode.isPresent();
        int survivors = clean ? 0 : running.survivors().killAll(FOR_SURVIVORS);
        if (survivors > 0) {
            LOG.warn(
                    "{} processes that process {} started could not be killed",
                    survivors,
                    running.process().pid());
        }
        long patience = stop == null ? FOR_STREAMS : Math.max(FOR_STREAMS_OF_STOPPED, stopEndsAt - System.nanoTime());
        // If the tree is known to be dead, nobody holds the pipes and their end is certain to come.
        streams.awaitEnd(patience, clean ? patience : QUIET);
        StopCause cause = stop == null ? null : stop.cause();
        return new ProcessExit(
                exitCode,
                end(exitCode),
                cause,
                Duration.ofNanos(System.nanoTime() - startedAt),
                streams.stdout(),
                streams.stderr(),
                running.isolation().mechanism().level(),
                survivors,
                streams.listenerFailures());
    }

    private OptionalInt exitCode() {
        if (running.supervised()) {
            return running.files().exitCode();
        }
        return running.process().isAlive()
                ? OptionalInt.empty()
                : OptionalInt.of(running.process().exitValue());
    }

    private ProcessEnd end(OptionalInt exitCode) {
        if (running.supervised() && running.files().hostWasSilent()) {
            // Unless only the part of the supervisor that listens was gone.
            return wasSilent() ? ProcessEnd.HOST_SILENT : ProcessEnd.SUPERVISOR_LOST;
        }
        if (running.supervised() && running.files().supervisorWasBroken()) {
            return ProcessEnd.SUPERVISOR_LOST;
        }
        // A supervisor that has just ended in good order does not listen either.
        if (stop != null && stop.end() != ProcessEnd.SUPERVISOR_LOST) {
            return stop.end();
        }
        return exitCode.isPresent() ? ProcessEnd.EXITED : ProcessEnd.SUPERVISOR_LOST;
    }

    private boolean wasSilent() {
        long longest = Math.max(longestSilence, System.nanoTime() - lastBeatAt);
        return longest > running.control().beatEvery().multipliedBy(2).toNanos();
    }
}
