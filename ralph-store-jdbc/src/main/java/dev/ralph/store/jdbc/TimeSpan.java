/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** From one time to another, both included. */
record TimeSpan(Instant from, Instant to) {

    /** Times closer together are not worth two questions. */
    private static final Duration GAP = Duration.ofMinutes(1);

    /**
     * Spans that have all of {@code times} and leave out the widest gaps between them: one time far off makes no span long.
     *
     * @param most how many at most, one or more
     */
    static List<TimeSpan> covering(List<Instant> times, int most) {
        List<Instant> sorted = times.stream().sorted().toList();
        if (sorted.isEmpty()) {
            return List.of();
        }
        List<Integer> begins = IntStream.range(1, sorted.size())
                .boxed()
                .filter(i -> gap(sorted, i).compareTo(GAP) > 0)
                .sorted(Comparator.comparing((Integer i) -> gap(sorted, i)).reversed())
                .limit(most - 1L)
                .sorted()
                .toList();
        List<TimeSpan> spans = new ArrayList<>();
        int from = 0;
        for (int begin : begins) {
            spans.add(new TimeSpan(sorted.get(from), sorted.get(begin - 1)));
            from = begin;
        }
        spans.add(new TimeSpan(sorted.get(from), sorted.get(sorted.size() - 1)));
        return spans;
    }

    private static Duration gap(List<Instant> sorted, int index) {
        return Duration.between(sorted.get(index - 1), sorted.get(index));
    }
}
