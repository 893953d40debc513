/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc;

import dev.ralph.InvalidValueException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a {@link JdbcStore} keeps its audit trail.
 *
 * @param keys what entries are signed with; without a key they are stored unsigned, and {@code verify} says so
 * @param sealInterval how often new entries are sealed, 100 ms or more: for so long, a deleted one is not missed
 * @param sealRows entries a batch at most, 1 to 10,000
 * @param retention how long months of the trail are kept after their end, 30 days or more; null for ever
 */
public record AuditConfig(
        AuditKeys keys,
        Duration sealInterval,
        int sealRows,
        @Nullable Duration retention) {

    /** No key, sealed every 10 seconds with 1,000 entries a batch once there is one, kept for ever. */
    public static final AuditConfig DEFAULT = new AuditConfig(AuditKeys.NONE, Duration.ofSeconds(10), 1_000, null);

    private static final int MOST_ROWS = 10_000;
    private static final long LEAST_DAYS = 30;

    /**
     * Checks the values.
     *
     * @throws InvalidValueException if one is outside its range
     */
    public AuditConfig {
        if (sealInterval.toMillis() < 100) {
            throw new InvalidValueException("sealInterval", sealInterval, "must be 100 ms or more");
        }
        if (sealRows < 1 || sealRows > MOST_ROWS) {
            throw new InvalidValueException("sealRows", sealRows, "must be from 1 to " + MOST_ROWS);
        }
        if (retention != null && retention.toDays() < LEAST_DAYS) {
            throw new InvalidValueException("audit retention", retention, "must be " + LEAST_DAYS + " days or more");
        }
    }

    public AuditConfig withKeys(AuditKeys value) {
        return new AuditConfig(value, sealInterval, sealRows, retention);
    }

    public AuditConfig withSealing(Duration interval, int rows) {
        return new AuditConfig(keys, interval, rows, retention);
    }

    public AuditConfig withRetention(@Nullable Duration kept) {
        return new AuditConfig(keys, sealInterval, sealRows, kept);
    }
}
