/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc;

import dev.ralph.StoreUnavailableException;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The monthly partitions of the run's tables in PostgreSQL. Thread-safe; each is made and dropped in its own transaction. */
final class Partitions {

    private static final Logger LOG = LoggerFactory.getLogger(Partitions.class);

    private static final int MONTHS_AHEAD = 3;

    private final Database database;

    Partitions(Database database) {
        this.database = database;
    }

    /**
     * Makes those of the next months. A table that takes too long is left for the next time, for all its months.
     *
     * @param patiently false to leave all that is missing once one takes too long
     */
    Made make(boolean patiently) {
        List<Child> missing = missing();
        int made = 0;
        Set<String> slow = new HashSet<>();
        for (Child child : missing) {
            if (slow.contains(child.table) || (!patiently && !slow.isEmpty())) {
                continue;
            }
            try {
                made += make(child) ? 1 : 0;
            } catch (StoreUnavailableException e) {
                if (!SqlFailures.isTimeout(e)) {
                    throw e;
                }
                slow.add(child.table);
            }
        }
        int left = missing.isEmpty() ? 0 : missing().size();
        if (left > 0) {
            LOG.warn(
                    "{} partitions are missing, since their tables were busy or have rows of their month already; rows of"
                            + " these go to the default partitions, and maintain() tries again",
                    left);
        }
        return new Made(made, left == 0);
    }

    /** Which of these tables have a partition for a month. */
    Set<String> covering(LocalDate month, List<String> tables) {
        return Set.copyOf(database.read(handle -> handle.createQuery("""
                        SELECT t FROM unnest(:tables) AS t
                        WHERE to_regclass('ralph.' || t || to_char(CAST(:month AS date), '"_y"YYYY"m"MM')) IS NOT NULL""")
                .bindArray("tables", String.class, tables)
                .bind("month", month)
                .mapTo(String.class)
                .list()));
    }

    /** Drops one, unless a run of its month is left. */
    boolean drop(String table, LocalDate month) {
        return database.write(handle -> handle.createQuery("SELECT ralph.drop_partition(:table, :month)")
                .bind("table", table)
                .bind("month", month)
                .mapTo(Boolean.class)
                .one());
    }

    private List<Child> missing() {
        return database.read(handle -> handle.createQuery("SELECT parent, month FROM ralph.missing_partitions(:months)")
                .bind("months", MONTHS_AHEAD)
                .map((row, context) -> new Child(row.getString("parent"), row.getObject("month", LocalDate.class)))
                .list());
    }

    private boolean make(Child child) {
        return database.write(handle -> handle.createQuery("SELECT ralph.make_partition(:table, :month)")
                .bind("table", child.table)
                .bind("month", child.month)
                .mapTo(Boolean.class)
                .one());
    }

    /**
     * What came of it.
     *
     * @param count how many were made
     * @param all whether none is missing now
     */
    record Made(int count, boolean all) {}

    private record Child(String table, LocalDate month) {}
}
