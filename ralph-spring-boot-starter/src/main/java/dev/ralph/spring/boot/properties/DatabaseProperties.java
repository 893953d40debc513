/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.spring.boot.properties;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * What {@code ralph-store-jdbc} reads. What is null is not set: the library's default counts.
 *
 * @param databaseUrl A database of Ralph's own, in place of the application's data source: a URL of PostgreSQL or H2; may be
 *     a secret named DATABASE_URL.
 * @param databaseReadUrl A read-only copy of the database, for listings and costs; may be a secret named
 *     DATABASE_READ_URL.
 * @param databaseUser The user, where ralph.database-url names none. The password is the secret DATABASE_PASSWORD.
 * @param databasePoolSize Connections kept open to ralph.database-url.
 * @param databaseMaxOverflow Connections to ralph.database-url at most.
 * @param storeFile File of an H2 database of Ralph's own, in place of the application's data source.
 * @param storeMigrations What a start does about the schema: run, validate or none.
 * @param storeRetentionDays Days that ended runs are kept, 1 to 36500.
 * @param storeMaintenanceHours How many hours lie between two maintenances of the database, 0 to 744; with 0 the application
 *     calls JdbcStore.maintain.
 * @param nodes How many nodes share the database, for a warning when they may want more connections than it has.
 * @param auditKey Keys the audit trail is signed with, in base64, separated by commas; best a secret named AUDIT_KEY.
 * @param auditRetentionDays Days that months of the audit trail are kept after their end, 30 or more.
 * @param queueRole Whether this node works runs: work or submit.
 * @param queuePollMillis How often this node looks for runs that are due without being told, in milliseconds, 10 or more.
 */
@ConfigurationProperties("ralph")
public record DatabaseProperties(
        @LibraryName("DATABASE_URL") @Nullable String databaseUrl,
        @LibraryName("DATABASE_READ_URL") @Nullable String databaseReadUrl,
        @LibraryName("DATABASE_USER") @Nullable String databaseUser,
        @LibraryName("DATABASE_POOL_SIZE") @Nullable Integer databasePoolSize,
        @LibraryName("DATABASE_MAX_OVERFLOW") @Nullable Integer databaseMaxOverflow,
        @Nullable String storeFile,
        @Nullable String storeMigrations,
        @Nullable Integer storeRetentionDays,
        @Nullable Integer storeMaintenanceHours,
        @Nullable Integer nodes,
        @LibraryName("AUDIT_KEY") @Nullable String auditKey,
        @Nullable Integer auditRetentionDays,
        @Nullable String queueRole,
        @Nullable Integer queuePollMillis) {

    /** Without the values: some are keys. */
    @Override
    public String toString() {
        return "DatabaseProperties[storeFile=" + storeFile + ", storeMigrations=" + storeMigrations + "]";
    }
}
