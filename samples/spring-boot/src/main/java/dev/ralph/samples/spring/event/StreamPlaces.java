/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.spring.event;

import dev.ralph.samples.spring.access.Caller;
import dev.ralph.samples.spring.catalog.HostProperties;
import dev.ralph.samples.spring.problem.ProblemException;
import dev.ralph.samples.spring.problem.ProblemType;
import java.util.HashMap;
import java.util.Map;

/**
 * Who has how many of the streams this node can serve, and of the runs it can follow, each of which takes a thread. Neither one
 * caller nor one tenant can have all of them. Thread-safe.
 */
public final class StreamPlaces {

    private static final int RETRY_SECONDS = 10;

    private final HostProperties.Followers bounds;
    private final Map<String, Integer> streamsOfCallers = new HashMap<>();
    private final Map<String, Integer> streamsOfTenants = new HashMap<>();
    private final Map<String, Integer> runsOfTenants = new HashMap<>();
    private int streams;
    private int runs;

    StreamPlaces(HostProperties.Followers bounds) {
        this.bounds = bounds;
    }

    /** A place for one stream; whoever has reserved it begins one or closes it. */
    public final class Place implements AutoCloseable {

        private final String tenant;
        private final String caller;
        private boolean open = true;
        private boolean withRun;

        private Place(Caller caller, boolean withRun) {
            this.tenant = caller.tenant();
            this.caller = caller.tenant() + " " + caller.principal();
            this.withRun = withRun;
        }

        /** The run it was reserved with, to be freed by whoever takes it; another one, beyond the bounds, if it has none. */
        Runnable takeRun() {
            synchronized (StreamPlaces.this) {
                if (!withRun) {
                    countRun(tenant);
                }
                withRun = false;
                return () -> freeRun(tenant);
            }
        }

        /** The run is followed already: the place is for a stream alone. */
        void leaveRun() {
            synchronized (StreamPlaces.this) {
                if (withRun) {
                    withRun = false;
                    freeRun(tenant);
                }
            }
        }

        /** Closing again has no effect. */
        @Override
        public void close() {
            synchronized (StreamPlaces.this) {
                if (open) {
                    open = false;
                    streams--;
                    less(streamsOfCallers, caller);
                    less(streamsOfTenants, tenant);
                    if (withRun) {
                        freeRun(tenant);
                    }
                }
            }
        }
    }

    /**
     * Reserves a place.
     *
     * @param ofNewRun whether it is for a run that nobody follows here yet
     * @throws ProblemException if the caller, its tenant or this node has no place left
     */
    synchronized Place reserve(Caller caller, boolean ofNewRun) {
        String tenant = caller.tenant();
        String who = tenant + " " + caller.principal();
        int own = streamsOfCallers.getOrDefault(who, 0);
        if (own >= bounds.perCaller()) {
            throw tooMany("The caller has " + own + " event streams open, which is the most; close some.");
        }
        if (streams >= bounds.max()) {
            throw full("This node has no place for more event streams.");
        }
        if (ofNewRun && runs >= bounds.runs()) {
            throw full("This node follows as many runs as it can.");
        }
        if (streamsOfTenants.getOrDefault(tenant, 0) >= share(bounds.max())) {
            throw tooMany("The tenant has as many event streams open on this node as one may; close some.");
        }
        if (ofNewRun && runsOfTenants.getOrDefault(tenant, 0) >= share(bounds.runs())) {
            throw tooMany("The tenant follows as many runs on this node as one may; close some event streams.");
        }
        streams++;
        streamsOfCallers.merge(who, 1, Integer::sum);
        streamsOfTenants.merge(tenant, 1, Integer::sum);
        if (ofNewRun) {
            countRun(tenant);
        }
        return new Place(caller, ofNewRun);
    }

    private int share(int all) {
        return Math.max(1, (int) (all * bounds.tenantShare()));
    }

    private void countRun(String tenant) {
        runs++;
        runsOfTenants.merge(tenant, 1, Integer::sum);
    }

    private synchronized void freeRun(String tenant) {
        runs--;
        less(runsOfTenants, tenant);
    }

    private static void less(Map<String, Integer> counts, String key) {
        counts.computeIfPresent(key, (same, count) -> count > 1 ? count - 1 : null);
    }

    private static ProblemException tooMany(String detail) {
        return new ProblemException(ProblemType.TOO_MANY_REQUESTS, detail, RETRY_SECONDS);
    }

    private static ProblemException full(String detail) {
        return new ProblemException(ProblemType.UNAVAILABLE, detail, RETRY_SECONDS);
    }
}
