/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc;

import dev.ralph.BudgetLimit;
import dev.ralph.BudgetStatus;
import dev.ralph.InvalidValueException;
import dev.ralph.Reservation;
import dev.ralph.audit.AuditEntry;
import dev.ralph.spi.BudgetChange;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.Update;
import org.jspecify.annotations.Nullable;

/** The shared budgets. Thread-safe. */
final class Budgets {

    /** Sums of tokens are made in numeric and stay at the most a bigint holds. */
    private static final String RESERVE = """
            UPDATE ralph.budgets SET
                reserved_tokens = CAST(LEAST(CAST(reserved_tokens AS numeric(20)) + :tokens, 9223372036854775807) AS bigint),
                reserved_cost = reserved_cost + :cost
            WHERE name = :name
                AND (max_tokens IS NULL OR (consumed_tokens < max_tokens
                    AND CAST(:tokens AS numeric(20)) + consumed_tokens + reserved_tokens <= max_tokens))
                AND (max_cost IS NULL OR (consumed_cost < max_cost
                    AND :cost + consumed_cost + reserved_cost <= max_cost))""";

    private static final String SETTLE = """
            UPDATE ralph.budgets SET
                reserved_tokens = GREATEST(reserved_tokens - :freedTokens, 0),
                reserved_cost = GREATEST(reserved_cost - :freedCost, 0),
                consumed_tokens = CAST(LEAST(CAST(consumed_tokens AS numeric(20)) + :tokens, 9223372036854775807) AS bigint),
                consumed_cost = consumed_cost + :cost
            WHERE name = :name""";

    private static final String FIND = """
            SELECT name, max_tokens, max_cost, consumed_tokens, consumed_cost, reserved_tokens, reserved_cost
            FROM ralph.budgets WHERE name = :name""";

    private final Database database;
    private final AuditRows audit;
    private final String insert;

    Budgets(Database database, Dialect dialect, AuditRows audit) {
        this.database = database;
        this.audit = audit;
        insert = """
                INSERT INTO ralph.budgets (
                    name, max_tokens, max_cost, consumed_tokens, consumed_cost, reserved_tokens, reserved_cost)
                VALUES (:name, :maxTokens, :maxCost, 0, 0, 0, 0)""" + dialect.unlessThere();
    }

    void define(BudgetLimit limit, List<AuditEntry> told) {
        StorableText.requireKey("budget.name", limit.name());
        if (!setLimits(limit, told) && !insert(limit, told)) {
            // Somebody defined it between the two; the last to say so wins.
            setLimits(limit, told);
        }
    }

    Optional<BudgetStatus> find(String name) {
        return database.read(handle -> find(handle, name));
    }

    /**
     * Makes the changes within a step's transaction, in the order of their names.
     *
     * @return the budget that has no room, or null if all have; then the transaction is to be rolled back
     */
    @Nullable BudgetStatus apply(Handle handle, List<BudgetChange> changes) {
        List<BudgetChange> ordered = changes.stream()
                .sorted(Comparator.comparing(BudgetChange::budget))
                .toList();
        for (BudgetChange change : ordered) {
            if (!apply(handle, change)) {
                return find(handle, change.budget())
                        .orElseThrow(() -> new InvalidValueException(
                                "budget", change.budget(), "is not defined; define it before a run draws from it"));
            }
        }
        return null;
    }

    private static boolean apply(Handle handle, BudgetChange change) {
        if (change instanceof BudgetChange.Reserve reserve) {
            return handle.createUpdate(RESERVE)
                            .bind("name", reserve.budget())
                            .bind("tokens", reserve.amount().tokens())
                            .bind("cost", reserve.amount().cost())
                            .execute()
                    == 1;
        } else if (change instanceof BudgetChange.Settle settle) {
            return handle.createUpdate(SETTLE)
                            .bind("name", settle.budget())
                            .bind("freedTokens", settle.freed().tokens())
                            .bind("freedCost", settle.freed().cost())
                            .bind("tokens", settle.tokens())
                            .bind("cost", settle.cost())
                            .execute()
                    == 1;
        }
        throw new IllegalStateException("a change of a budget this store does not know: " + change.getClass());
    }

    private boolean setLimits(BudgetLimit limit, List<AuditEntry> told) {
        return database.write(handle ->
                tell(handle, bound(handle.createUpdate("""
                                        UPDATE ralph.budgets SET max_tokens = :maxTokens, max_cost = :maxCost
                                        WHERE name = :name"""), limit).execute() == 1, told));
    }

    private boolean tell(Handle handle, boolean done, List<AuditEntry> told) {
        if (done) {
            audit.insert(handle, told);
        }
        return done;
    }

    private boolean insert(BudgetLimit limit, List<AuditEntry> told) {
        return database.write(handle -> {
            try {
                return tell(handle, bound(handle.createUpdate(insert), limit).execute() == 1, told);
            } catch (JdbiException e) {
                if (SqlFailures.isUniqueViolation(e)) {
                    return false;
                }
                throw e;
            }
        });
    }

    private static Update bound(Update statement, BudgetLimit limit) {
        return statement
                .bind("name", limit.name())
                .bind("maxTokens", limit.maxTokens())
                .bind("maxCost", limit.maxCost());
    }

    private static Optional<BudgetStatus> find(Handle handle, String name) {
        return handle.createQuery(FIND)
                .bind("name", name)
                .map((row, context) -> status(row))
                .findOne();
    }

    private static BudgetStatus status(ResultSet row) throws SQLException {
        long maxTokens = row.getLong("max_tokens");
        Long limit = row.wasNull() ? null : maxTokens;
        BigDecimal maxCost = row.getBigDecimal("max_cost");
        return new BudgetStatus(
                new BudgetLimit(row.getString("name"), limit, maxCost),
                row.getLong("consumed_tokens"),
                row.getBigDecimal("consumed_cost"),
                new Reservation(row.getLong("reserved_tokens"), row.getBigDecimal("reserved_cost")));
    }
}
