/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ralph.CostQuery;
import dev.ralph.RunQuery;
import dev.ralph.RunStatus;
import dev.ralph.StopReason;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CacheKeysTest {

    @Test
    void aKeyDoesNotShowWhatItStandsFor() {
        assertThat(CacheKeys.ofTask("ann@example.org"))
                .hasSize(64)
                .doesNotContain("ann")
                .isEqualTo("f0a7e3104ff24ede3a609ae7407dafe020ba00bfdfc8975122ab8d8b10f1b51d");
    }

    @Test
    void aQueryHasOneKeyInWhateverOrderItsConditionsWereNamed() {
        Map<String, String> oneWay = new LinkedHashMap<>();
        oneWay.put("a", "1");
        oneWay.put("b", "2");
        Map<String, String> other = new LinkedHashMap<>();
        other.put("b", "2");
        other.put("a", "1");

        assertThat(CacheKeys.of(RunQuery.NEWEST.withLabels(oneWay).withStatuses(RunStatus.RUNNING, RunStatus.QUEUED)))
                .isEqualTo(CacheKeys.of(
                        RunQuery.NEWEST.withLabels(other).withStatuses(RunStatus.QUEUED, RunStatus.RUNNING)));
    }

    @Test
    void everyConditionOfAListingMakesAnotherKey() {
        assertThat(Stream.of(
                                RunQuery.NEWEST,
                                RunQuery.NEWEST.withStatuses(RunStatus.RUNNING),
                                RunQuery.NEWEST.withReasons(StopReason.CANCELLED),
                                RunQuery.NEWEST.withAgent("x"),
                                RunQuery.NEWEST.withTenant("x"),
                                RunQuery.NEWEST.withSubject("x"),
                                RunQuery.NEWEST.withSubject(""),
                                RunQuery.NEWEST.withLabels(Map.of("x", "y")),
                                RunQuery.NEWEST.withLabels(Map.of("xy", "")),
                                RunQuery.NEWEST.withCreated(Instant.EPOCH, null),
                                RunQuery.NEWEST.withCreated(null, Instant.EPOCH),
                                RunQuery.NEWEST.withLimit(1),
                                RunQuery.NEWEST.withAfter("x"))
                        .map(CacheKeys::of))
                .doesNotHaveDuplicates();
    }

    @Test
    void everyConditionOfCostsMakesAnotherKey() {
        assertThat(Stream.of(
                                CostQuery.ALL,
                                CostQuery.ALL.withSettled(Instant.EPOCH, null),
                                CostQuery.ALL.withSettled(null, Instant.EPOCH),
                                CostQuery.ALL.withTenant("x"),
                                CostQuery.ALL.withAgent("x"),
                                CostQuery.ALL.withLabels(Map.of("x", "y")),
                                CostQuery.ALL.perDay(),
                                CostQuery.ALL.perAgent(),
                                CostQuery.ALL.perLabel("x"))
                        .map(CacheKeys::of))
                .doesNotHaveDuplicates();
    }
}
