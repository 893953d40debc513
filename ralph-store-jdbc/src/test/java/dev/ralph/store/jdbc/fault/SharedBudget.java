/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ralph.BudgetLimit;
import dev.ralph.BudgetStatus;
import dev.ralph.RunSnapshot;
import dev.ralph.Usage;
import dev.ralph.spi.Store;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.util.List;

/**
 * A tenant's budget that never has room for all its runs, nor for one attempt of each. A trigger in the database writes
 * down how it stood after every change. Thread-safe.
 */
final class SharedBudget {

    private static final String WITNESS = """
            CREATE TABLE witness.budgets (
                number bigserial PRIMARY KEY, max numeric NOT NULL, consumed numeric NOT NULL, tokens bigint NOT NULL,
                reserved numeric NOT NULL);
            CREATE FUNCTION witness.note_budget() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                INSERT INTO witness.budgets (max, consumed, tokens, reserved)
                VALUES (NEW.max_cost, NEW.consumed_cost, NEW.consumed_tokens, NEW.reserved_cost);
                RETURN NULL;
            END $$;
            CREATE TRIGGER witness AFTER INSERT OR UPDATE ON ralph.budgets FOR EACH ROW
                EXECUTE FUNCTION witness.note_budget();
            """;

    /** Less than an attempt wants. */
    private static final BigDecimal ROOM = new BigDecimal("0.75");

    private final LoggedDatabase database;
    private final Store store;
    private final String name;

    private SharedBudget(LoggedDatabase database, Store store, String name) {
        this.database = database;
        this.store = store;
        this.name = name;
    }

    /** The only one in its database. */
    static SharedBudget define(LoggedDatabase database, Store store, String name) throws SQLException {
        database.execute(WITNESS);
        store.defineBudget(new BudgetLimit(name, null, ROOM));
        return new SharedBudget(database, store, name);
    }

    String name() {
        return name;
    }

    /**
     * Called whenever a node is about to start: raises the limit until there is some room. What a dead node has set aside
     * will be charged, so without this the budget would be used up in the end.
     */
    synchronized void keepRoom() {
        BudgetStatus now = status();
        BigDecimal wanted = now.consumedCost().add(now.reserved().cost()).add(ROOM);
        if (now.limit().maxCost() == null || now.limit().maxCost().compareTo(wanted) < 0) {
            store.defineBudget(new BudgetLimit(name, null, wanted));
        }
    }

    /** Checks it after the end of all runs that drew from it. */
    void audit(List<RunSnapshot> runs, Figures figures) throws SQLException {
        BudgetStatus end = status();
        BigDecimal spent =
                runs.stream().map(run -> run.progress().spend().total()).reduce(BigDecimal.ZERO, BigDecimal::add);
        assertThat(end.consumedCost()).as("consumed").isEqualByComparingTo(spent);
        assertThat(end.consumedTokens())
                .as("tokens consumed")
                .isEqualTo(runs.stream().mapToLong(SharedBudget::tokens).sum());
        assertThat(end.reserved().cost()).as("reserved").isEqualByComparingTo(BigDecimal.ZERO);
        assertThat(end.reserved().tokens()).as("tokens reserved").isZero();
        assertThat(count("WHERE consumed + reserved > max OR reserved < 0"))
                .as("times it was beyond its limit")
                .isZero();
        String falls = "FROM (SELECT consumed < lag(consumed) OVER (ORDER BY number)"
                + " OR tokens < lag(tokens) OVER (ORDER BY number) AS fell FROM witness.budgets) AS steps WHERE fell";
        assertThat(database.count("SELECT count(*) " + falls))
                .as("times it fell")
                .isZero();
        int full = count("WHERE consumed + reserved = max AND reserved > 0");
        assertThat(full).as("times it was full").isPositive();
        figures.add("changes of the shared budget, never beyond its limit", count(""))
                .add("times full", full)
                .add(
                        "dollars consumed, the sum of the runs' spend, and none reserved at the end",
                        spent.toPlainString());
    }

    private static long tokens(RunSnapshot run) {
        Usage usage = run.progress().usage();
        return usage.total() + run.progress().unknownTokens();
    }

    private int count(String condition) throws SQLException {
        return database.count("SELECT count(*) FROM witness.budgets " + condition);
    }

    private BudgetStatus status() {
        return store.budget(name).orElseThrow();
    }
}
