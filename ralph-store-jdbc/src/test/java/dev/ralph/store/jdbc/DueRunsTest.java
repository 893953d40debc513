/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ralph.RunStatus;
import dev.ralph.StopReason;
import dev.ralph.spi.Claim;
import dev.ralph.spi.NewRun;
import dev.ralph.spi.QueueStatus;
import dev.ralph.spi.RunUpdate;
import dev.ralph.spi.Step;
import dev.ralph.spi.StepResult;
import dev.ralph.spi.Store;
import dev.ralph.store.InMemoryStore;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What counts as due is the same in every store. */
@Tag("integration")
class DueRunsTest {

    private static final Duration LONG = Duration.ofMinutes(10);

    @RegisterExtension
    static final PostgresDatabase DATABASE = new PostgresDatabase();

    @TempDir
    private Path folder;

    private enum Kind {
        POSTGRESQL,
        H2,
        MEMORY
    }

    @ParameterizedTest
    @EnumSource
    void newRunsAreDueUntilTheyAreTakenUpAndNotBeforeTheirDelayIsOver(Kind kind) throws SQLException {
        try (Store store = open(kind)) {
            assertThat(status(store)).isEqualTo(new QueueStatus(0, Duration.ZERO));
            NewRun old = submitted(ago(LONG), Duration.ZERO);
            store.create(old);
            store.create(submitted(ago(Duration.ZERO), Duration.ZERO));
            store.create(submitted(ago(LONG), Duration.ofHours(1)));

            assertThat(status(store).due()).isEqualTo(2);
            assertThat(status(store).oldest()).isBetween(LONG, LONG.plusMinutes(2));

            TestRun.claim(store, old.id());
            assertThat(status(store).due()).isEqualTo(1);
            assertThat(status(store).oldest()).isLessThan(Duration.ofMinutes(2));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aRunIsDueAgainWhenItsOwnerIsGoneAndNeverOnceItHasEnded(Kind kind) throws SQLException {
        try (Store store = open(kind)) {
            NewRun lost = submitted(ago(LONG), Duration.ZERO);
            store.create(lost);
            assertThat(store.claim(lost.id(), "node", Duration.ofMillis(1), Set.of(TestRun.STATE_VERSION)))
                    .isInstanceOf(Claim.Granted.class);
            await().until(() -> status(store).due() == 1);
            assertThat(status(store).oldest()).as("since the lease ran out").isLessThan(Duration.ofMinutes(2));

            TestRun run = TestRun.claim(store, lost.id());
            assertThat(status(store).due()).isZero();
            run.end(StopReason.CANCELLED);
            assertThat(status(store)).isEqualTo(new QueueStatus(0, Duration.ZERO));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aRunThatWaitsIsDueOnceItsTimeHasComeAndOneThatIsPausedIsNot(Kind kind) throws SQLException {
        try (Store store = open(kind)) {
            leave(TestRun.begin(store), RunStatus.WAITING, ago(LONG));
            leave(TestRun.begin(store), RunStatus.WAITING, ago(LONG.negated()));
            leave(TestRun.begin(store), RunStatus.PAUSED, null);

            assertThat(status(store).due()).isEqualTo(1);
            assertThat(status(store).oldest()).isBetween(LONG, LONG.plusMinutes(2));
        }
    }

    private Store open(Kind kind) throws SQLException {
        return switch (kind) {
            case POSTGRESQL -> {
                DATABASE.execute("TRUNCATE ralph.orchestrations, ralph.run_agents, ralph.run_labels");
                yield DATABASE.open();
            }
            case H2 ->
                JdbcStore.builder()
                        .url("jdbc:h2:file:" + folder.resolve("runs"))
                        .build();
            case MEMORY -> new InMemoryStore(InstantSource.system());
        };
    }

    private static QueueStatus status(Store store) {
        return store.queue().orElseThrow();
    }

    private static Instant ago(Duration time) {
        return Instant.now().truncatedTo(ChronoUnit.MILLIS).minus(time);
    }

    private static NewRun submitted(Instant at, Duration delay) {
        NewRun run = TestRun.submitted(at);
        return new NewRun(
                run.id(),
                null,
                run.tenant(),
                null,
                run.labels(),
                run.agents(),
                run.spec(),
                run.state(),
                run.submitted(),
                at,
                delay);
    }

    private static void leave(TestRun run, RunStatus status, @Nullable Instant wakeAt) {
        Step step = run.step(List.of(), List.of(), null);
        RunUpdate update = step.run();
        RunUpdate left = new RunUpdate(
                status,
                null,
                update.verification(),
                null,
                update.progress(),
                update.at(),
                update.startedAt(),
                null,
                wakeAt);
        assertThat(run.commit(new Step(
                        step.expectedVersion(),
                        step.state(),
                        left,
                        step.records(),
                        step.events(),
                        step.commandsThrough(),
                        step.budgets(),
                        true)))
                .isInstanceOf(StepResult.Committed.class);
    }
}
