/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.engine;

import dev.ralph.ContentUnreadableException;
import dev.ralph.RunSnapshot;
import dev.ralph.StopReason;
import dev.ralph.spi.Command;
import dev.ralph.spi.Store;
import dev.ralph.spi.StoredRun;
import java.time.Instant;
import java.time.InstantSource;

/** Tells runs that are over from those that only look so. Thread-safe. */
final class Endings {

    private final Store store;
    private final InstantSource clock;

    Endings(Store store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    /**
     * Whether a run has ended, nobody works on it, and nobody told it to go on. Looks again at those that may have been.
     *
     * @throws dev.ralph.StoreException if the store cannot be read
     */
    boolean isOver(RunSnapshot listed) {
        boolean mayGoOn = listed.reason() == StopReason.DEAD_LETTERED || listed.owner() != null;
        if (!listed.status().isFinal() || !mayGoOn) {
            return listed.status().isFinal();
        }
        try {
            return store.find(listed.id()).map(this::isOver).orElse(true);
        } catch (ContentUnreadableException e) {
            // What cannot be read cannot be worked on either.
            return true;
        }
    }

    private boolean isOver(StoredRun run) {
        Instant until = run.leaseUntil();
        return run.snapshot().status().isFinal()
                && (until == null || !until.isAfter(clock.instant()))
                && store.commands(run.snapshot().id(), run.commandsThrough()).stream()
                        .noneMatch(stored -> stored.command() instanceof Command.Retry);
    }
}
