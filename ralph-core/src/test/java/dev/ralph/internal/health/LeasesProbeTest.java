/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ralph.health.CheckResult;
import dev.ralph.health.CheckStatus;
import dev.ralph.internal.worker.LeaseKeeper;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LeasesProbeTest {

    private static final Duration LATE = Duration.ofSeconds(6);
    private static final Duration END = Duration.ofSeconds(8);

    @Test
    void aNodeWithoutRunsHasNothingToRenew() {
        CheckResult result = check(0, Duration.ZERO, "the database cannot be reached");

        assertThat(result.status()).isEqualTo(CheckStatus.UP);
        assertThat(result.details()).containsEntry("held", 0).doesNotContainKey("lastRenewalSeconds");
    }

    @Test
    void oneRenewalInVainIsNoMatterAndTwoAre() {
        assertThat(check(3, LATE, "the database cannot be reached").status()).isEqualTo(CheckStatus.UP);

        CheckResult late = check(3, LATE.plusMillis(1), "the database cannot be reached");
        assertThat(late.status()).isEqualTo(CheckStatus.DOWN);
        assertThat(late.message())
                .contains("the leases of 3 runs were last renewed 6.001 s ago (the database cannot be reached)")
                .contains("at 8.0 s their agents are killed");
        assertThat(late.details()).containsEntry("held", 3).containsEntry("lastRenewalSeconds", 6.001);
    }

    @Test
    void aStoreThatNeitherAnswersNorFailsIsSaidToBeSilent() {
        assertThat(check(1, Duration.ofSeconds(7), null).message()).contains("it has not answered");
    }

    private static CheckResult check(int held, Duration oldest, @Nullable String failure) {
        return new LeasesProbe(() -> new LeaseKeeper.Standing(held, oldest, LATE, END, failure)).check();
    }
}
