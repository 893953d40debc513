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

/** Whether this node looks for runs to work. */
final class DispatcherProbe implements HealthProbe {

    private static final Duration SLACK = Duration.ofSeconds(15);

    private final Supplier<PollWatch.@Nullable Looks> looks;
    private final Duration most;

    /**
     * Of one node.
     *
     * @param looks null if it was not started
     * @param poll how often it looks
     */
    DispatcherProbe(Supplier<PollWatch.@Nullable Looks> looks, Duration poll) {
        this.looks = looks;
        this.most = poll.plus(SLACK);
    }

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
        PollWatch.Looks known = looks.get();
        if (known == null) {
            return CheckResult.down("the dispatcher was not started; build the orchestrator that it serves");
        }
        return judge(known)
                .with("lastPollSeconds", seconds(known.sinceSeen()))
                .with("lastAnswerSeconds", seconds(known.sinceAnswered()));
    }

    private CheckResult judge(PollWatch.Looks known) {
        if (known.failing()) {
            return CheckResult.down("the last look into the queue failed, the last answer is "
                    + seconds(known.sinceAnswered()) + " s old; see the check of the database, and the log");
        }
        if (known.sinceSeen().compareTo(most) > 0) {
            return CheckResult.down("this node has not looked into the queue for " + seconds(known.sinceSeen())
                    + " s, which it should every " + seconds(most) + " s at least; a thread dump shows what "
                    + PollWatch.THREAD + " waits for");
        }
        return CheckResult.up();
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1_000.0;
    }
}
