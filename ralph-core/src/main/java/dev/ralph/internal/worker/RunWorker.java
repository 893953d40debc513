/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.worker;

import dev.ralph.LeaseLostException;
import dev.ralph.RalphException;
import dev.ralph.RunId;
import dev.ralph.StoreUnavailableException;
import dev.ralph.internal.codec.RunCodec;
import dev.ralph.internal.log.LogScope;
import dev.ralph.spi.Claim;
import dev.ralph.spi.Lease;
import dev.ralph.spi.StintEnd;
import dev.ralph.spi.StintWorker;
import dev.ralph.spi.StoreListener;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Works runs on this node, one stint at a time for each, and makes commands reach the stints in flight. Thread-safe. */
public final class RunWorker implements StintWorker, StoreListener {

    private static final Logger LOG = LoggerFactory.getLogger(RunWorker.class);
    private static final Duration SOON = Duration.ofSeconds(1);
    private static final Duration LATER = Duration.ofSeconds(30);

    private final WorkerServices services;
    private final Map<RunId, AtWork> atWork = new ConcurrentHashMap<>();
    private volatile boolean closing;

    public RunWorker(WorkerServices services) {
        this.services = services;
    }

    @Override
    public StintEnd work(RunId run) {
        return work(run, Stint.Scope.FULL);
    }

    /**
     * Carries out commands to a run nobody works on, as far as that needs neither its workspace nor an agent: a queued or
     * waiting run is cancelled or paused at once, however many runs are at work. Returns at once.
     *
     * @param then called after that, on another thread
     */
    public void deliverCommands(RunId run, Runnable then) {
        background(() -> {
            try {
                StintEnd end = work(run, Stint.Scope.COMMANDS);
                LOG.debug(
                        "Run {}: commands delivered, {}",
                        run,
                        services.redactor().line(end));
            } finally {
                LogScope.during(run, () -> run(run, then));
            }
        });
    }

    private void run(RunId run, Runnable then) {
        try {
            then.run();
        } catch (RalphException e) {
            LOG.warn(
                    "Run {}: was not woken, and goes on when it is looked at next: {}",
                    run,
                    services.redactor().line(e.getMessage()));
        }
    }

    private StintEnd work(RunId run, Stint.Scope scope) {
        AtWork mine = new AtWork(new InterruptSwitch());
        if (atWork.putIfAbsent(run, mine) != null) {
            return new StintEnd.Busy(SOON, "this node works on it already");
        }
        LogScope logged = LogScope.open(run);
        try {
            StintEnd end = closing ? new StintEnd.HandedBack() : claimAndWork(run, mine, scope);
            return end instanceof StintEnd.HandedBack ? handedBack() : end;
        } catch (LeaseLostException e) {
            LOG.warn("Run {}: given up: {}", run, services.redactor().line(e.getMessage()));
            services.monitors().leaseLost(run);
            services.workspaces().release(run);
            return new StintEnd.Busy(SOON, e.getMessage());
        } catch (RalphException e) {
            LOG.warn(
                    "Run {}: cannot be worked on now: {}",
                    run,
                    services.redactor().line(e.getMessage()));
            leaveToOthers(run);
            boolean passes = e instanceof StoreUnavailableException || e instanceof UnansweredStepException;
            return new StintEnd.Busy(passes ? SOON : LATER, e.getMessage());
        } catch (InterruptedException e) {
            LOG.warn("Run {}: its thread was interrupted by the host between two steps", run);
            services.workspaces().release(run);
            return handedBack();
        } catch (RuntimeException e) {
            LOG.error("Run {}: its stint failed", run, services.redactor().failure(e));
            services.workspaces().release(run);
            return new StintEnd.Busy(LATER, "its stint failed: " + e);
        } finally {
            atWork.remove(run);
            logged.close();
        }
    }

    /** Another node may take the run up next, and needs its workspace; without one, no other run may edit in between. */
    private void leaveToOthers(RunId run) {
        if (services.distributed()) {
            services.workspaces().release(run);
        }
    }

    /** A run that was handed back because the host interrupted its thread goes on here, unless this node closes. */
    private StintEnd handedBack() {
        return closing ? new StintEnd.HandedBack() : new StintEnd.Busy(SOON, "its thread was interrupted by the host");
    }

    /** The runs at work on this node. */
    public int active() {
        return atWork.size();
    }

    /** Takes up no more runs; those at work are handed back after the step in flight. */
    public void close() {
        closing = true;
    }

    /** Cuts off whatever is in flight, because the time to come to an end is over. */
    public void cutOff() {
        atWork.values().forEach(work -> work.interrupts.cutOff(Cutoff.SHUTDOWN));
    }

    @Override
    public void commanded(RunId run) {
        AtWork work = atWork.get(run);
        if (work != null) {
            background(() -> LogScope.during(run, () -> hear(run, work)));
        }
    }

    @Override
    public void advanced(RunId run) {
        services.feed().advanced(run);
    }

    @Override
    public void missed() {
        services.feed().missed();
        atWork.forEach((run, work) -> background(() -> LogScope.during(run, () -> hear(run, work))));
    }

    /** Asks the store for commands to every run at work, as long as it does not tell of commands from other nodes. */
    public void pollCommands() {
        if (!services.store().seesRemoteChanges()) {
            atWork.forEach((run, work) -> LogScope.during(run, () -> hear(run, work)));
        }
    }

    private void background(Runnable task) {
        try {
            services.background().execute(task);
        } catch (RejectedExecutionException e) {
            LOG.debug("Closing: a command stays stored and is carried out by whoever takes the run up next");
        }
    }

    private void hear(RunId run, AtWork work) {
        Stint stint = work.stint;
        if (stint != null) {
            try {
                stint.hearCommands();
            } catch (RalphException e) {
                LOG.warn(
                        "Run {}: commands could not be read: {}",
                        run,
                        services.redactor().line(e.getMessage()));
            }
        }
    }

    private StintEnd claimAndWork(RunId run, AtWork mine, Stint.Scope scope) throws InterruptedException {
        long sentAt = services.nanoTime().getAsLong();
        Claim claim =
                services.store().claim(run, services.node(), services.leases().ttl(), RunCodec.READABLE);
        if (claim instanceof Claim.Granted granted) {
            return work(granted, sentAt, mine, scope);
        }
        if (claim instanceof Claim.Held held) {
            return new StintEnd.Busy(SOON, "held by " + held.owner() + " until " + held.until());
        }
        if (claim instanceof Claim.UnknownVersion unknown) {
            return new StintEnd.Unreadable(unknown.version(), LATER);
        }
        services.workspaces().release(run);
        return new StintEnd.Over();
    }

    private StintEnd work(Claim.Granted granted, long sentAt, AtWork mine, Stint.Scope scope)
            throws InterruptedException {
        StintClock clock = new StintClock(granted.at(), services.nanoTime());
        services.leases().keep(granted.lease(), sentAt, () -> mine.interrupts.cutOff(Cutoff.LEASE_LOST));
        boolean ended = false;
        try {
            Stint stint = new Stint(services, granted, clock, mine.interrupts, () -> closing);
            mine.stint = stint;
            StintEnd end = workHeard(stint, granted.lease().run(), scope);
            ended = true;
            return end;
        } finally {
            services.leases().drop(granted.lease());
            if (!ended) {
                release(granted.lease());
            }
        }
    }

    /** Whoever commits the first step tells its listeners of the submission too. */
    private StintEnd workHeard(Stint stint, RunId run, Stint.Scope scope) throws InterruptedException {
        long before = stint.lastEvent();
        long heardElsewhere = stint.isFirst() ? 0 : before;
        services.feed().workingOn(run, heardElsewhere);
        try {
            return stint.work(scope);
        } finally {
            services.feed().workedOn(run, stint.lastEvent() == before ? heardElsewhere : stint.lastEvent());
        }
    }

    /** Nothing of the stint is left alive, so that nobody needs to wait for its lease to run out. */
    private void release(Lease lease) {
        try {
            services.store().release(lease);
        } catch (RalphException e) {
            LOG.debug(
                    "Run {}: its lease was not given back and runs out: {}",
                    lease.run(),
                    services.redactor().line(e.getMessage()));
        }
    }

    private static final class AtWork {

        private final InterruptSwitch interrupts;
        private volatile @Nullable Stint stint;

        AtWork(InterruptSwitch interrupts) {
            this.interrupts = interrupts;
        }
    }
}
