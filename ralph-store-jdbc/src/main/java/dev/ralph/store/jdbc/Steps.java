/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc;

import dev.ralph.BudgetStatus;
import dev.ralph.LeaseLostException;
import dev.ralph.RunId;
import dev.ralph.StoreException;
import dev.ralph.StoreUnavailableException;
import dev.ralph.spi.Lease;
import dev.ralph.spi.Payload;
import dev.ralph.spi.RunUpdate;
import dev.ralph.spi.Step;
import dev.ralph.spi.StepResult;
import dev.ralph.spi.StoredEvent;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Commits steps: the run's row by token and version, budgets, records, events. Thread-safe. */
final class Steps {

    /** As the last event of a step that brings none: any fits. */
    private static final long ANY = -1;

    private final Database database;
    private final RunDocuments documents;
    private final Budgets budgets;
    private final Events events;
    private final String update;
    private final String look;

    Steps(Database database, Dialect dialect, RunDocuments documents, Budgets budgets, Events events) {
        this.database = database;
        this.documents = documents;
        this.budgets = budgets;
        this.events = events;
        update = """
                UPDATE ralph.orchestrations SET
                    status = :status, reason = :reason, verification = :verification, detail = :detail,
                    metrics = %s, updated_at = :at, started_at = :startedAt, completed_at = :completedAt,
                    wake_at = :wakeAt, state_version = :stateVersion, state = :state, commands_through = :through,
                    last_event = last_event + :eventCount, version = version + 1, lapses = 0,
                    owner = CASE WHEN :keeps THEN owner END, lease_until = CASE WHEN :keeps THEN lease_until END
                WHERE id = :run AND lease_token = :token AND lease_until > %s AND version = :expected
                    AND commands_through <= :through AND commands_last >= :through
                    AND data_key IS NOT DISTINCT FROM :dataKey AND erased_at IS NULL
                    AND :eventBefore IN (last_event, -1)""".formatted(dialect.json(":metrics"), dialect.clock());
        look = """
                SELECT lease_token, lease_until > %s AS held, version, commands_through, commands_last, last_event
                FROM ralph.orchestrations WHERE id = :run""".formatted(dialect.clock());
    }

    /**
     * Commits a step that has its stored form.
     *
     * @param key what it is sealed with; null if nothing is. Another than the run's is refused
     */
    StepResult commit(Lease lease, Step step, @Nullable DataKey key) {
        requireInOrder(lease.run(), step);
        try {
            return database.write(handle -> {
                if (!updateRun(handle, lease, step, key)) {
                    return explain(handle, lease, step);
                }
                BudgetStatus refusal = budgets.apply(handle, step.budgets());
                if (refusal != null) {
                    throw new Refused(refusal);
                }
                StepRecords records = new StepRecords(handle, lease.run(), step.expectedVersion() + 1);
                step.records().forEach(change -> change.writeTo(records));
                events.insert(handle, lease.run(), step.events(), step.audit());
                return new StepResult.Committed(step.expectedVersion() + 1);
            });
        } catch (Refused refused) {
            return new StepResult.BudgetRefused(refused.budget);
        }
    }

    static LeaseLostException lost(Lease lease) {
        return new LeaseLostException("node " + lease.owner() + " does not hold run " + lease.run() + " under epoch "
                + lease.epoch() + " any more; nothing was written");
    }

    private boolean updateRun(Handle handle, Lease lease, Step step, @Nullable DataKey key) {
        RunUpdate run = step.run();
        Payload state = step.state();
        return handle.createUpdate(update)
                        .bind("status", Bound.name(run.status()))
                        .bind("reason", Bound.name(run.reason()))
                        .bind("verification", Bound.name(run.verification()))
                        .bind("detail", Bound.text(run.detail()))
                        .bind("metrics", Bound.text(documents.metrics(run.progress())))
                        .bind("at", Bound.time(run.at()))
                        .bind("startedAt", Bound.time(run.startedAt()))
                        .bind("completedAt", Bound.time(run.completedAt()))
                        .bind("wakeAt", Bound.time(run.wakeAt()))
                        .bind("stateVersion", Bound.number(state.version()))
                        .bind("state", Bound.bytes(state.bytes()))
                        .bind("through", Bound.number(step.commandsThrough()))
                        .bind("eventCount", Bound.number(step.events().size()))
                        .bind(
                                "keeps",
                                Bound.flag(!step.release() && !run.status().isFinal()))
                        .bind("run", Bound.id(lease.run().value()))
                        .bind("token", Bound.id(lease.token()))
                        .bind("expected", Bound.number(step.expectedVersion()))
                        .bind("eventBefore", Bound.number(eventBefore(step)))
                        .bind("dataKey", Bound.idOrNull(DataKey.idOf(key)))
                        .execute()
                == 1;
    }

    private static long eventBefore(Step step) {
        return step.events().isEmpty() ? ANY : step.events().get(0).seq() - 1;
    }

    /** Why the row was not met. Nothing is written by now. */
    private StepResult explain(Handle handle, Lease lease, Step step) {
        Optional<Standing> row = handle.createQuery(look)
                .bind("run", lease.run().value())
                .map((columns, context) -> Standing.of(columns))
                .findOne();
        if (row.isEmpty() || !lease.token().equals(row.get().token)) {
            throw lost(lease);
        }
        Standing now = row.get();
        if (now.version == step.expectedVersion() + 1) {
            return new StepResult.Committed(now.version);
        }
        if (!now.held) {
            throw lost(lease);
        }
        throw unfit(lease.run(), step, now);
    }

    private static StoreException unfit(RunId run, Step step, Standing now) {
        if (now.version != step.expectedVersion()) {
            return new StoreException("run " + run + " has version " + now.version + ", but the step expects "
                    + step.expectedVersion() + "; nothing was written");
        }
        if (step.commandsThrough() < now.commandsThrough || step.commandsThrough() > now.commandsLast) {
            return new StoreException("run " + run + " has consumed its commands through " + now.commandsThrough
                    + " of " + now.commandsLast + ", but the step says " + step.commandsThrough()
                    + "; nothing was written");
        }
        if (!step.events().isEmpty() && step.events().get(0).seq() != now.lastEvent + 1) {
            return new StoreException("the next event of run " + run + " is " + (now.lastEvent + 1)
                    + ", but the step brings " + step.events().get(0).seq() + "; nothing was written");
        }
        return new StoreUnavailableException(
                "run " + run + " changed while the step was committed; nothing was written, repeat the step");
    }

    private static void requireInOrder(RunId run, Step step) {
        long last = step.events().isEmpty() ? 0 : step.events().get(0).seq() - 1;
        for (StoredEvent event : step.events()) {
            last++;
            if (event.seq() != last) {
                throw new StoreException("event " + last + " of run " + run + " is missing before " + event.seq()
                        + " in the step; nothing was written");
            }
        }
    }

    private record Standing(
            @Nullable UUID token, boolean held, long version, long commandsThrough, long commandsLast, long lastEvent) {

        static Standing of(ResultSet row) throws SQLException {
            return new Standing(
                    row.getObject("lease_token", UUID.class),
                    row.getBoolean("held"),
                    row.getLong("version"),
                    row.getLong("commands_through"),
                    row.getLong("commands_last"),
                    row.getLong("last_event"));
        }
    }

    /** Rolls the step back. */
    private static final class Refused extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final transient BudgetStatus budget;

        Refused(BudgetStatus budget) {
            super(null, null, false, false);
            this.budget = budget;
        }
    }
}
