/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.benchmarks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.IntSummaryStatistics;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What caches answer when things go wrong: the same done to Ralph's and to JetCache, each in front of a Redis of its own. How both
 * are set up is told at {@link RalphNode} and {@link JetCacheNode}. Takes some minutes.
 */
public final class CacheCorrectness {

    private static final int CHANGES = 3;

    private CacheCorrectness() {}

    /** Prints a table. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        System.out.printf("| | %s | %s |%n|---|---|---|%n", Peer.RALPH.title(), Peer.JETCACHE.title());
        for (StaleReads.Harm harm : StaleReads.Harm.values()) {
            row("old values while " + harm.title(), peer -> staleReads(peer, harm));
        }
        row("loads of a cold key by 100 threads over 2 caches in one JVM", peer -> each(Stampede.inOneJvm(peer, 2)));
        row("the same over 2 JVMs", peer -> each(Stampede.overJvms(peer, 2)));
        row("the same over 3 JVMs", peer -> each(Stampede.overJvms(peer, 3)));
        row("a late load brings the old value back, changed by its own process", LateFill::inOneProcess);
        row("the same, changed by another process", LateFill::betweenProcesses);
        row("messages to all processes", CacheCorrectness::broadcasts);
    }

    private interface Measurement {
        Object of(Peer peer) throws IOException, InterruptedException;
    }

    private static void row(String what, Measurement measurement) throws IOException, InterruptedException {
        List<String> cells = new ArrayList<>();
        for (Peer peer : Peer.values()) {
            cells.add(measurement.of(peer).toString());
        }
        System.out.printf("| %s | %s |%n", what, String.join(" | ", cells));
    }

    private static StaleReads staleReads(Peer peer, StaleReads.Harm harm) throws IOException {
        StaleReads all = StaleReads.measure(peer, harm);
        for (int change = 1; change < CHANGES; change++) {
            all = all.and(StaleReads.measure(peer, harm));
        }
        return all;
    }

    private static String each(List<Integer> loads) {
        IntSummaryStatistics all = loads.stream().collect(Collectors.summarizingInt(Integer::intValue));
        return "%d to %d, %.2f on average".formatted(all.getMin(), all.getMax(), all.getAverage());
    }

    private static String broadcasts(Peer peer) {
        Broadcasts told = Broadcasts.count(peer);
        return "%,d for %,d loads, %,d for as many changes".formatted(told.loads(), Broadcasts.CALLS, told.changes());
    }
}
