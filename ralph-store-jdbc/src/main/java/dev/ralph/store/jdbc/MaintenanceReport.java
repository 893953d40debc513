/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc;

/**
 * What {@link JdbcStore#maintain} did.
 *
 * @param partitionsMade partitions made for months to come
 * @param partitionsDropped partitions dropped because their months are past retention
 * @param runsDeleted runs deleted with everything they recorded
 * @param complete false if something is left to the next call: a lock could not be had or a statement took too long, a
 *     month is not covered by all its partitions, or one was not dropped because a run of its month came in between
 * @param batchesSealed batches of the audit trail that were sealed
 * @param keysWrapped data keys that are wrapped by the first encryption key now, and were not before
 * @param runsSealed runs from before there were encryption keys whose content was sealed
 * @param keysDestroyed data keys of subjects of whom nothing was left
 */
public record MaintenanceReport(
        int partitionsMade,
        int partitionsDropped,
        long runsDeleted,
        boolean complete,
        int batchesSealed,
        int keysWrapped,
        int runsSealed,
        int keysDestroyed) {

    /** A report of a store whose audit trail had nothing to seal. */
    public MaintenanceReport(int partitionsMade, int partitionsDropped, long runsDeleted, boolean complete) {
        this(partitionsMade, partitionsDropped, runsDeleted, complete, 0, 0, 0, 0);
    }

    /** With more partitions. */
    MaintenanceReport with(int made, int dropped, boolean all) {
        return new MaintenanceReport(
                partitionsMade + made,
                partitionsDropped + dropped,
                runsDeleted,
                complete && all,
                batchesSealed,
                keysWrapped,
                runsSealed,
                keysDestroyed);
    }

    MaintenanceReport withSealed(int batches) {
        return new MaintenanceReport(
                partitionsMade,
                partitionsDropped,
                runsDeleted,
                complete,
                batches,
                keysWrapped,
                runsSealed,
                keysDestroyed);
    }

    MaintenanceReport withKeys(Upkeep wrapped, Upkeep sealed, int destroyed) {
        return new MaintenanceReport(
                partitionsMade,
                partitionsDropped,
                runsDeleted,
                complete && wrapped.complete() && sealed.complete(),
                batchesSealed,
                wrapped.count(),
                sealed.count(),
                destroyed);
    }
}
