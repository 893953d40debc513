/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ralph.RunId;
import dev.ralph.RunProgress;
import dev.ralph.Spend;
import dev.ralph.Usage;
import dev.ralph.metrics.RalphMetricNames;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RunsAtWorkTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final AtomicLong nanos = new AtomicLong(-1_000_000);
    private final RunsAtWork atWork = new RunsAtWork(new OwnMeters(registry), nanos::get);
    private final RunId run = RunId.create(NOON);

    @Test
    void theDurationIsTheRuntimeAndGoesOnWhileTheClockDoes() {
        atWork.stands(run, progress(Duration.ofMinutes(10), NOON.minusSeconds(30)), NOON);
        assertThat(duration(run)).isEqualTo(630);
        passes(Duration.ofSeconds(5));
        assertThat(duration(run)).isEqualTo(635);

        atWork.stands(run, progress(Duration.ofMinutes(11), null), NOON);
        passes(Duration.ofSeconds(5));
        assertThat(duration(run)).as("its clock stands").isEqualTo(660);
    }

    @Test
    void theLongestSilenceOfAllIsShownAndAStepOrOutputEndsIt() {
        RunId other = RunId.create(NOON);
        atWork.stands(run, RunProgress.NONE, NOON);
        passes(Duration.ofSeconds(10));
        atWork.stands(other, RunProgress.NONE, NOON);
        passes(Duration.ofSeconds(5));
        assertThat(value(RalphMetricNames.RUNS_ACTIVE)).isEqualTo(2);
        assertThat(value(RalphMetricNames.RUNS_IDLE)).isEqualTo(15);

        atWork.heard(run);
        assertThat(value(RalphMetricNames.RUNS_IDLE)).isEqualTo(5);
        atWork.stands(other, RunProgress.NONE, NOON);
        assertThat(value(RalphMetricNames.RUNS_IDLE)).isZero();
    }

    @Test
    void aRunThatIsLeftIsShownNoMore() {
        atWork.stands(run, RunProgress.NONE, NOON);
        passes(Duration.ofSeconds(10));

        atWork.left(run);
        atWork.left(run);
        atWork.heard(run);

        assertThat(registry.find(RalphMetricNames.TASK_DURATION).meters()).isEmpty();
        assertThat(value(RalphMetricNames.RUNS_ACTIVE)).isZero();
        assertThat(value(RalphMetricNames.RUNS_IDLE)).isZero();
    }

    private void passes(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    private double value(String name) {
        return registry.get(name).gauge().value();
    }

    private double duration(RunId of) {
        Gauge gauge = registry.get(RalphMetricNames.TASK_DURATION)
                .tag(RalphMetricNames.TAG_TASK_ID, of.toString())
                .gauge();
        return gauge.value();
    }

    private static RunProgress progress(Duration runtime, @Nullable Instant clockSince) {
        return new RunProgress(0, 0, 0, Usage.ZERO, 0, Spend.ZERO, runtime, clockSince);
    }
}
