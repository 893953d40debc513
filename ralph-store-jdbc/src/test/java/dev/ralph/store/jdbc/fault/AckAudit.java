/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ralph.CheckpointRecord;
import dev.ralph.IterationRecord;
import dev.ralph.RunId;
import dev.ralph.spi.Store;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Whether what a store acknowledged is in it, while no node writes. */
final class AckAudit {

    private static final int ALL = 1_000_000;

    private AckAudit() {}

    /** Gives how many steps were acknowledged, all of which are there. */
    static int requireStored(List<Ack> acks, Store store) {
        Map<String, List<Ack>> byRun = acks.stream()
                .filter(Ack::answered)
                .collect(Collectors.groupingBy(ack -> ack.run().toString(), TreeMap::new, Collectors.toList()));
        byRun.values().forEach(ofRun -> requireStored(ofRun.get(0).run(), ofRun, store));
        return byRun.values().stream().mapToInt(List::size).sum();
    }

    private static void requireStored(RunId run, List<Ack> acks, Store store) {
        long known = acks.stream().mapToLong(Ack::version).max().orElse(0);
        // One more may be there: the step whose answer the crash cut off.
        assertThat(store.find(run).orElseThrow().snapshot().version())
                .as("version of run %s", run)
                .isBetween(known, known + 1);
        assertThat(store.iterations(run, 0, ALL))
                .as("iterations of run %s", run)
                .extracting(IterationRecord::iteration)
                .containsAll(set(acks.stream()
                        .map(Ack::iteration)
                        .filter(iteration -> iteration > 0)
                        .toList()));
        assertThat(store.checkpoints(run))
                .as("checkpoints of run %s", run)
                .extracting(CheckpointRecord::number)
                .containsAll(set(acks.stream()
                        .map(Ack::checkpoint)
                        .filter(number -> number >= 0)
                        .toList()));
    }

    private static Set<Integer> set(List<Integer> numbers) {
        return Set.copyOf(numbers);
    }
}
