/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc;

import dev.ralph.health.CheckResult;
import dev.ralph.health.HealthImpact;
import dev.ralph.health.HealthProbe;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Whether this node looks for runs to work, and tells others that it lives. */
final class DispatcherProbe implements HealthProbe {

    private static final Duration SLACK = Duration.ofSeconds(15);

    private final Supplier<@Nullable Standing> standing;
    private final Duration most;

    /**
     * Of one node.
     *
     * @param standing null if it was not started
     * @param poll how often it looks
     */
    DispatcherProbe(Supplier<@Nullable Standing> standing, Duration poll) {
        this.standing = standing;
        this.most = poll.plus(SLACK);
    }

    /**
     * How a node has reached the queue.
     *
     * @param looks for runs to work
     * @param beats that keep others from taking over what it works on
     */
    record Standing(PollWatch.Looks looks, HeartbeatWatch.Beats beats) {}

    @Override
    public String name() {
        return "dispatcher";
    }

    @Override
    public HealthImpact impact() {
        return HealthImpact.READINESS;
    }

    @Override
    public CheckResult check() {
        Standing known = standing.get();
        if (known == null) {
            return CheckResult.down("the dispatcher was not started; build the orchestrator that it serves");
        }
        return judge(known.looks(), known.beats())
                .with("lastPollSeconds", seconds(known.looks().sinceSeen()))
                .with("lastAnswerSeconds", seconds(known.looks().sinceAnswered()))
                .with("lastHeartbeatSeconds", seconds(known.beats().since()));
    }

    private CheckResult judge(PollWatch.Looks looks, HeartbeatWatch.Beats beats) {
        if (looks.failing()) {
            return CheckResult.down("the last look into the queue failed, the last answer is "
                    + seconds(looks.sinceAnswered()) + " s old; see the check of the database, and the log");
        }
        if (looks.sinceSeen().compareTo(most) > 0) {
            return CheckResult.down("this node has not looked into the queue for " + seconds(looks.sinceSeen())
                    + " s, which it should every " + seconds(most) + " s at least; a thread dump shows what "
                    + PollWatch.THREAD + " waits for");
        }
        if (beats.since().compareTo(beats.most()) > 0) {
            return CheckResult.down("the queue's housekeeping has not reached the database for "
                    + seconds(beats.since()) + " s, so to others this node is dead; a thread dump shows what "
                    + HousekeepingThreads.NAME + " waits for, and the log what failed");
        }
        return beats.late() == 0
                ? CheckResult.up()
                : CheckResult.degraded("heartbeats of " + beats.late()
                        + " runs at work are late; other nodes look at those runs in vain: see that the database is"
                        + " not overloaded");
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1_000.0;
    }
}
