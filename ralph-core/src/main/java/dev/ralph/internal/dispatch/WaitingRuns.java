/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.dispatch;

import dev.ralph.RunId;
import dev.ralph.spi.QueuedRun;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Runs that wait for a slot: the highest priority first, then first come, first served. Not thread-safe. */
final class WaitingRuns {

    private final NavigableMap<Place, QueuedRun> inOrder = new TreeMap<>();
    private final Map<RunId, Place> places = new HashMap<>();
    private long arrivals;

    /** Adds a run at the end of those of its priority; one that waits already keeps its place. */
    void add(QueuedRun run) {
        if (!places.containsKey(run.run())) {
            Place place = new Place(run.priority(), arrivals++);
            places.put(run.run(), place);
            inOrder.put(place, run);
        }
    }

    /** Takes out the first run that fits. */
    Optional<QueuedRun> takeFirst(Predicate<QueuedRun> fits) {
        Optional<QueuedRun> first = inOrder.values().stream().filter(fits).findFirst();
        first.ifPresent(run -> inOrder.remove(places.remove(run.run())));
        return first;
    }

    int size() {
        return inOrder.size();
    }

    void clear() {
        inOrder.clear();
        places.clear();
    }

    private record Place(int priority, long arrival) implements Comparable<Place> {

        private static final Comparator<Place> ORDER =
                Comparator.comparingInt(Place::priority).reversed().thenComparingLong(Place::arrival);

        @Override
        public int compareTo(Place other) {
            return ORDER.compare(this, other);
        }
    }
}
