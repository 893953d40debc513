/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.agents.claude.internal;

import dev.ralph.RunId;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The last session of each run, of the runs that worked last. A run that is not among them begins afresh. Thread-safe. */
public final class ClaudeSessions {

    private static final int MAX_RUNS = 10_000;

    private final Map<RunId, ClaudeSession> sessions = new LinkedHashMap<>() {

        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<RunId, ClaudeSession> eldest) {
            return size() > MAX_RUNS;
        }
    };

    /** The run's session, or null; it is forgotten until it is kept again. */
    public synchronized @Nullable ClaudeSession take(RunId run) {
        return sessions.remove(run);
    }

    public synchronized void keep(RunId run, ClaudeSession session) {
        sessions.put(run, session);
    }
}
