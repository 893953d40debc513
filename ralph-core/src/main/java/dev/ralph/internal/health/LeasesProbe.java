/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.health;

import dev.ralph.health.CheckResult;
import dev.ralph.health.HealthImpact;
import dev.ralph.health.HealthProbe;
import dev.ralph.internal.worker.LeaseKeeper;
import java.time.Duration;
import java.util.function.Supplier;

/** Whether the leases of the runs this node works on are renewed in time. A node without runs has none. */
public final class LeasesProbe implements HealthProbe {

    private final Supplier<LeaseKeeper.Standing> standing;

    public LeasesProbe(Supplier<LeaseKeeper.Standing> standing) {
        this.standing = standing;
    }

    @Override
    public String name() {
        return "leases";
    }

    @Override
    public HealthImpact impact() {
        return HealthImpact.READINESS;
    }

    @Override
    public CheckResult check() {
        LeaseKeeper.Standing known = standing.get();
        CheckResult result = judge(known).with("held", known.held());
        return known.held() == 0 ? result : result.with("lastRenewalSeconds", seconds(known.oldest()));
    }

    private static CheckResult judge(LeaseKeeper.Standing known) {
        if (known.held() == 0 || known.oldest().compareTo(known.late()) <= 0) {
            return CheckResult.up();
        }
        String why = known.failure() == null ? "it has not answered" : known.failure();
        return CheckResult.down("the leases of " + known.held() + " runs were last renewed " + seconds(known.oldest())
                + " s ago (" + why + "); at " + seconds(known.end())
                + " s their agents are killed and other nodes take the runs over: see the check of the store");
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1_000.0;
    }
}
