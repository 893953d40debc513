/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ralph.BudgetLimit;
import dev.ralph.spi.BudgetChange;
import dev.ralph.spi.Lease;
import dev.ralph.spi.Step;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What each call costs in statements, as ADR 0012 says. */
class StatementsTest {

    @RegisterExtension
    static final PostgresDatabase DATABASE = new PostgresDatabase();

    @SuppressWarnings("NullAway.Init")
    private StatementCounter work;

    @SuppressWarnings("NullAway.Init")
    private StatementCounter leases;

    @SuppressWarnings("NullAway.Init")
    private JdbcStore store;

    @BeforeEach
    void open() {
        work = new StatementCounter();
        leases = new StatementCounter();
        store = JdbcStore.builder()
                .dataSource(new ObservedDataSource(DATABASE.pool(), work))
                .leaseDataSource(new ObservedDataSource(DATABASE.pool(), leases))
                .migrations(MigrationMode.NONE)
                .build();
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void anIterationTakesSevenStatementsAndTwoCommits() {
        TestRun run = TestRun.begin(store);

        assertThat(written(() -> run.start(1)))
                .containsExactly(
                        "UPDATE ralph.orchestrations",
                        "INSERT INTO ralph.attempts",
                        "INSERT INTO ralph.events",
                        "COMMIT");
        assertThat(written(() -> run.settle(1)))
                .containsExactly(
                        "UPDATE ralph.orchestrations",
                        "UPDATE ralph.attempts",
                        "INSERT INTO ralph.iterations",
                        "INSERT INTO ralph.events",
                        "COMMIT");
    }

    @Test
    void aSharedBudgetTakesOneMoreEachTime() {
        store.defineBudget(new BudgetLimit("one-more", 10_000L, new BigDecimal("10")));
        TestRun run = TestRun.begin(store);

        assertThat(written(() -> run.start(1, new BudgetChange.Reserve("one-more", TestRun.reserved()))))
                .containsExactly(
                        "UPDATE ralph.orchestrations",
                        "UPDATE ralph.budgets",
                        "INSERT INTO ralph.attempts",
                        "INSERT INTO ralph.events",
                        "COMMIT");
        assertThat(written(() -> run.settle(
                        1, new BudgetChange.Settle("one-more", TestRun.reserved(), 100, new BigDecimal("0.25")))))
                .hasSize(6)
                .startsWith("UPDATE ralph.orchestrations", "UPDATE ralph.budgets");
    }

    @Test
    void anEntryOfTheAuditTrailTakesNoStatementOfItsOwn() {
        TestRun run = TestRun.begin(store);
        Step step = run.step(List.of(), List.of(), null).withAudit(AuditBench.entry(1));

        assertThat(written(() -> store.commit(run.lease(), step)))
                .hasSize(3)
                .startsWith("UPDATE ralph.orchestrations")
                .anyMatch(sql -> sql.startsWith("WITH audited AS ( INSERT INTO audit.activity_log")
                        || sql.startsWith("WITH audited AS (INSERT INTO audit.activity_log"))
                .endsWith("COMMIT");
    }

    @Test
    void manyLeasesAreRenewedInOneStatementOnTheirOwnConnection() {
        List<Lease> held = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            held.add(TestRun.begin(store).lease());
        }
        work.take();
        leases.take();

        assertThat(store.renew(held, Duration.ofMinutes(1))).hasSize(50);

        assertThat(leases.take()).containsExactly("UPDATE ralph.orchestrations", "COMMIT");
        assertThat(work.take()).isEmpty();
    }

    @Test
    void aStepThatIsRefusedWritesNothingButReadsWhy() {
        TestRun run = TestRun.begin(store);
        var step = run.step(List.of(), List.of(), null);
        store.commit(run.lease(), step);
        work.take();

        store.commit(run.lease(), step);

        assertThat(work.take()).hasSize(3).first().isEqualTo("UPDATE ralph.orchestrations");
    }

    /** What a step executes, without the reads by which the test makes it. */
    private List<String> written(Runnable step) {
        work.take();
        step.run();
        return work.take().stream().filter(sql -> !sql.startsWith("SELECT")).toList();
    }
}
