/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.dispatch;

import dev.ralph.health.CheckResult;
import dev.ralph.health.HealthImpact;
import dev.ralph.health.HealthProbe;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Whether the runs of this process are worked: the executor takes stints and begins them, and the timer wakes what waits. */
final class LocalDispatcherProbe implements HealthProbe {

    /** A refused stint is tried again every second: longer ago, and nothing is refused any more. */
    private static final Duration REFUSED_LATELY = Duration.ofSeconds(5);

    /** What a stint may wait for a thread. */
    private static final Duration SOON = Duration.ofSeconds(10);

    private static final Duration TICK = Duration.ofSeconds(1);

    private final Supplier<Standing> standing;
    private final ScheduledExecutorService timer;

    /**
     * Of one dispatcher.
     *
     * @param timer wakes runs that wait for a time
     */
    LocalDispatcherProbe(Supplier<Standing> standing, ScheduledExecutorService timer) {
        this.standing = standing;
        this.timer = timer;
    }

    /**
     * How it stands.
     *
     * @param slots how many stints may be at work at once; 0 if the dispatcher was not started
     * @param active stints given to the executor
     * @param queued runs that are due
     * @param waiting runs that wait for a time
     * @param notBegun how long the oldest of the stints that have not begun waits for a thread; zero if there is none
     * @param sinceRefused since the executor refused a stint, if it has begun none since then
     */
    record Standing(
            int slots,
            int active,
            int queued,
            int waiting,
            Duration notBegun,
            @Nullable Duration sinceRefused) {}

    @Override
    public String name() {
        return "dispatcher";
    }

    @Override
    public HealthImpact impact() {
        return HealthImpact.READINESS;
    }

    @Override
    public CheckResult check() throws Exception {
        Standing known = standing.get();
        return judge(known)
                .with("slots", known.slots())
                .with("active", known.active())
                .with("queued", known.queued())
                .with("waiting", known.waiting());
    }

    private CheckResult judge(Standing known) throws Exception {
        if (known.slots() == 0) {
            return CheckResult.down("the dispatcher was not started; build the orchestrator that it serves");
        }
        if (known.sinceRefused() != null && known.sinceRefused().compareTo(REFUSED_LATELY) <= 0) {
            return CheckResult.down("the executor of stints takes none, so " + (known.queued() + known.waiting())
                    + " runs wait; see whether it was shut down, and give it a thread for each of " + known.slots()
                    + " runs");
        }
        if (known.notBegun().compareTo(SOON) > 0) {
            return CheckResult.degraded("the executor of stints has not begun one for "
                    + known.notBegun().toSeconds() + " s; give it a thread for each of " + known.slots()
                    + " runs, or lower RALPH_MAX_PARALLEL_RUNS");
        }
        return ticks();
    }

    /** Its thread is busy for long only where the executor works stints on the thread that gives them. */
    private CheckResult ticks() throws Exception {
        try {
            Future<?> tick = timer.submit(() -> {});
            try {
                tick.get(TICK.toMillis(), TimeUnit.MILLISECONDS);
                return CheckResult.up();
            } catch (TimeoutException e) {
                tick.cancel(false);
                return CheckResult.degraded(
                        "the timer has been busy for " + TICK.toSeconds() + " s, so runs that wait"
                                + " for a time wait longer; give the orchestrator an executor that works on threads of its own");
            }
        } catch (RejectedExecutionException e) {
            return CheckResult.down("the dispatcher is closed; build another orchestrator");
        }
    }
}
