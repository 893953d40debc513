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
 * @param complete false if a lock could not be had in time, and the next call has to go on
 */
public record MaintenanceReport(int partitionsMade, int partitionsDropped, long runsDeleted, boolean complete) {}
