/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.plain.journal;

import dev.ralph.spi.Command;
import dev.ralph.spi.NewRun;
import dev.ralph.spi.Step;
import dev.ralph.spi.UsageReport;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;

/** One call that changed a run: one line of its journal. Calls that changed nothing are not written down. */
sealed interface JournalEntry {

    /** Makes the call again. */
    void replayOn(Replay replay);

    /** The first line of every journal. */
    record Created(int format, NewRun run) implements JournalEntry {

        /** The layout of journals this code writes and reads. */
        static final int FORMAT = 1;

        @Override
        public void replayOn(Replay replay) {
            replay.create(this);
        }
    }

    /**
     * The run was claimed.
     *
     * @param token the token the claim was answered with
     */
    record Claimed(Instant at, String owner, Duration ttl, Set<Integer> stateVersions, UUID token)
            implements JournalEntry {

        @Override
        public void replayOn(Replay replay) {
            replay.claim(this);
        }
    }

    record Renewed(Instant at, UUID token, Duration ttl) implements JournalEntry {

        @Override
        public void replayOn(Replay replay) {
            replay.renew(this);
        }
    }

    record Released(Instant at, UUID token) implements JournalEntry {

        @Override
        public void replayOn(Replay replay) {
            replay.release(this);
        }
    }

    record Committed(Instant at, UUID token, Step step) implements JournalEntry {

        @Override
        public void replayOn(Replay replay) {
            replay.commit(this);
        }
    }

    record UsageNoted(Instant at, UUID token, int iteration, int attempt, UsageReport report) implements JournalEntry {

        @Override
        public void replayOn(Replay replay) {
            replay.noteUsage(this);
        }
    }

    record Commanded(Instant at, UUID id, Command command) implements JournalEntry {

        @Override
        public void replayOn(Replay replay) {
            replay.command(this);
        }
    }
}
