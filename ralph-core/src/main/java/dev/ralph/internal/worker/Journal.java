/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.worker;

import dev.ralph.LeaseLostException;
import dev.ralph.RunSpec;
import dev.ralph.RunStatus;
import dev.ralph.StoreUnavailableException;
import dev.ralph.Verification;
import dev.ralph.internal.audit.AuditTrail;
import dev.ralph.internal.codec.RunCodec;
import dev.ralph.internal.machine.Ending;
import dev.ralph.internal.machine.LoopState;
import dev.ralph.internal.machine.Transition;
import dev.ralph.internal.machine.WaitState;
import dev.ralph.log.LogText;
import dev.ralph.spi.Lease;
import dev.ralph.spi.RunUpdate;
import dev.ralph.spi.Step;
import dev.ralph.spi.StepResult;
import dev.ralph.spi.Store;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Commits the steps of one stint and knows the row's version. A commit whose answer was lost is repeated until it is
 * answered or the lease is lost: the store recognises it. Used by the stint's thread only.
 */
final class Journal {

    private static final Logger LOG = LoggerFactory.getLogger(Journal.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

    private final Store store;
    private final RunCodec codec;
    private final AuditTrail audit;
    private final RunSpec spec;
    private final Lease lease;
    private final StintClock clock;
    private final InterruptSwitch interrupts;
    private long version;

    Journal(
            Store store,
            RunCodec codec,
            AuditTrail audit,
            RunSpec spec,
            Lease lease,
            StintClock clock,
            InterruptSwitch interrupts,
            long version) {
        this.store = store;
        this.codec = codec;
        this.audit = audit;
        this.spec = spec;
        this.lease = lease;
        this.clock = clock;
        this.interrupts = interrupts;
        this.version = version;
    }

    /**
     * Commits a transition as one step.
     *
     * @param release whether the run is given back with it
     * @throws LeaseLostException if this node must not write any more
     */
    StepResult commit(Transition transition, boolean release) throws InterruptedException {
        LoopState state = transition.state();
        Step step = new Step(
                version,
                codec.encode(state, spec),
                columns(state, clock.now()),
                transition.records(),
                transition.events().stream().map(codec::encode).toList(),
                state.inbox().through(),
                transition.budgets(),
                release,
                audit.step(lease, spec, transition.events()));
        StepResult result = commitUntilAnswered(step);
        if (result instanceof StepResult.Committed committed) {
            version = committed.version();
        }
        return result;
    }

    private StepResult commitUntilAnswered(Step step) throws InterruptedException {
        Duration pause = FIRST_PAUSE;
        boolean unanswered = false;
        while (true) {
            if (interrupts.cause() == Cutoff.LEASE_LOST) {
                throw new LeaseLostException("run " + lease.run() + " was not written: its lease is lost");
            }
            try {
                return store.commit(lease, step);
            } catch (StoreUnavailableException e) {
                unanswered = true;
                LOG.warn(
                        "Run {}: a step was not answered, repeating it: {}", lease.run(), LogText.line(e.getMessage()));
                TimeUnit.MILLISECONDS.sleep(ThreadLocalRandom.current().nextLong(pause.toMillis() + 1));
                pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
            } catch (LeaseLostException e) {
                throw e;
            } catch (RuntimeException e) {
                throw unanswered ? new UnansweredStepException(lease.run(), e) : e;
            }
        }
    }

    private static RunUpdate columns(LoopState state, Instant now) {
        Ending ending = state.ending();
        boolean ended = state.status().isFinal();
        WaitState waiting = state.status() == RunStatus.WAITING ? state.waiting() : null;
        return new RunUpdate(
                state.status(),
                ended && ending != null ? ending.reason() : null,
                ended && ending != null ? ending.verification() : Verification.NONE,
                detail(ending, waiting),
                state.shownProgress(),
                now,
                state.startedAt(),
                state.endedAt(),
                waiting == null ? null : waiting.until());
    }

    private static @Nullable String detail(@Nullable Ending ending, @Nullable WaitState waiting) {
        if (ending != null) {
            return ending.detail();
        }
        return waiting == null ? null : waiting.detail();
    }
}
