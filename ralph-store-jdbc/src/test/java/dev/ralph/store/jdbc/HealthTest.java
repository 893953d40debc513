/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc;

import static dev.ralph.store.jdbc.Cluster.untilTrue;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ralph.Orchestrator;
import dev.ralph.Run;
import dev.ralph.RunSpec;
import dev.ralph.StopReason;
import dev.ralph.health.CheckResult;
import dev.ralph.health.CheckStatus;
import dev.ralph.health.HealthProbe;
import dev.ralph.health.HealthReport;
import dev.ralph.store.jdbc.fault.Postmaster;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

/** What the store and its dispatcher say of their health. */
@Tag("integration")
class HealthTest {

    @RegisterExtension
    static final PostgresDatabase DATABASE = new PostgresDatabase();

    @TempDir
    Path folder;

    @Test
    @Tag("linux")
    @Timeout(240)
    void aNodeWhoseDatabaseStopsIsAliveAndNotReadyAndComesBackWithIt() throws Exception {
        CountDownLatch working = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        try (PostgresServer server = new PostgresServer();
                JdbcStore store = JdbcStore.builder()
                        .url(server.url(server.migrated()))
                        .pool(1, 8)
                        .build();
                DbSchedulerDispatcher dispatcher = DbSchedulerDispatcher.working(Duration.ofMillis(100));
                Orchestrator ralph = Orchestrator.builder()
                        .store(store)
                        .dispatcher(dispatcher)
                        .agent(new CodedAgent(invocation -> {
                            working.countDown();
                            release.await();
                            return CodedAgent.says("LOOP_COMPLETE");
                        }))
                        // Between a renewal that is late and an agent that is killed are four seconds: time to ask.
                        .leases(Duration.ofSeconds(12), Duration.ofSeconds(1))
                        .drainTimeout(Duration.ZERO)
                        .build()) {
            Postmaster postmaster = Postmaster.of(server);
            Run run = ralph.submit(RunSpec.prompt("Work").workspace(folder).build());
            assertThat(working.await(60, TimeUnit.SECONDS)).isTrue();
            HealthReport before = ralph.health().ready();
            assertThat(before.healthy()).as(before.toJson()).isTrue();
            assertThat(before.check("database").details())
                    .containsEntry("database", "POSTGRESQL")
                    .containsKeys("connectionsActive", "connectionsIdle", "threadsWaiting", "queryMillis");
            assertThat(before.check("dispatcher").details())
                    .containsKeys("lastPollSeconds", "lastAnswerSeconds", "lastHeartbeatSeconds");
            assertThat(before.check("leases").details())
                    .containsEntry("held", 1)
                    .containsKey("lastRenewalSeconds");

            postmaster.stopImmediately();
            Map<String, CheckResult> down = new TreeMap<>();
            untilTrue("database, queue and renewals are missed", () -> {
                ralph.health().ready().checks().forEach((name, result) -> {
                    if (result.status() == CheckStatus.DOWN) {
                        down.put(name, result);
                    }
                });
                return down.size() >= 3;
            });
            assertThat(down).containsOnlyKeys("database", "dispatcher", "leases");
            assertThat(down)
                    .hasEntrySatisfying(
                            "leases",
                            leases -> assertThat(leases.message())
                                    .contains("the leases of 1 runs")
                                    .contains("agents are killed"));
            HealthReport without = ralph.health().ready();
            assertThat(without.healthy()).isFalse();
            assertThat(without.toJson()).doesNotContain("jdbc:").doesNotContain("password");
            assertThat(ralph.health().live().healthy()).isTrue();

            postmaster.start();
            untilTrue("the node is ready again", () -> ralph.health().ready().healthy());
            release.countDown();
            assertThat(run.await().reason()).isEqualTo(StopReason.COMPLETED);
        }
    }

    @Test
    void aPoolWithoutAConnectionLeftIsToldFromALostDatabase() throws Exception {
        try (JdbcStore store = JdbcStore.builder()
                .url(DATABASE.url())
                .config(new JdbcStoreConfig(
                        MigrationMode.NONE,
                        1,
                        1,
                        Duration.ofMillis(300),
                        Duration.ofHours(1),
                        Duration.ofSeconds(10),
                        null,
                        1))
                .build()) {
            HealthProbe probe = store.healthProbes().get(0);
            try (Connection taken = store.parts().work().getConnection()) {
                CheckResult result = probe.check();
                assertThat(taken.isClosed()).isFalse();
                assertThat(result.status()).isEqualTo(CheckStatus.DOWN);
                assertThat(result.message())
                        .contains("all 1 connections of the pool are in use")
                        .contains("DATABASE_POOL_SIZE");
            }
            assertThat(probe.check().status()).isEqualTo(CheckStatus.UP);
        }
    }

    @Test
    void aDatabaseThatTakesNoWritesIsDown() throws Exception {
        PGSimpleDataSource single = new PGSimpleDataSource();
        single.setURL(DATABASE.url());
        try (JdbcStore store = JdbcStore.builder()
                .dataSource((DataSource) single)
                .migrations(MigrationMode.NONE)
                .build()) {
            HealthProbe probe = store.healthProbes().get(0);
            assertThat(probe.check().status()).isEqualTo(CheckStatus.UP);
            DATABASE.execute("ALTER DATABASE " + DATABASE.name() + " SET default_transaction_read_only = on");
            try {
                CheckResult result = probe.check();
                assertThat(result.status()).isEqualTo(CheckStatus.DOWN);
                assertThat(result.message()).contains("takes no writes").contains("primary");
                assertThat(result.details()).doesNotContainKey("connectionsActive");
            } finally {
                try (Connection connection = DATABASE.server().connect("postgres")) {
                    connection
                            .createStatement()
                            .execute("ALTER DATABASE " + DATABASE.name() + " RESET default_transaction_read_only");
                }
            }
        }
    }

    @Test
    void anH2FileIsAskedAndItsDiskIsWatched() throws Exception {
        JdbcStore store = JdbcStore.builder().h2File(folder.resolve("runs")).build();
        HealthProbe probe = store.healthProbes().get(0);
        try (store) {
            assertThat(probe.check().status()).isEqualTo(CheckStatus.UP);
            assertThat(probe.check().details()).containsEntry("database", "H2");
            assertThat(store.diskFolders()).containsExactly(folder.toAbsolutePath());
        }
        assertThat(probe.check().status()).isEqualTo(CheckStatus.DOWN);
        assertThat(probe.check().message()).contains("closed");
    }

    @Test
    void aFileThatProcessesShareIsAskedToo() throws Exception {
        try (JdbcStore store =
                JdbcStore.builder().sharedH2File(folder.resolve("shared")).build()) {
            assertThat(store.healthProbes().get(0).check().status()).isEqualTo(CheckStatus.UP);
            assertThat(store.diskFolders()).containsExactly(folder.toAbsolutePath());
        }
    }

    @Test
    void aNodeThatOnlySubmitsNeedsNeitherAgentsNorAQueueThread() {
        try (JdbcStore store = DATABASE.open();
                DbSchedulerDispatcher dispatcher = DbSchedulerDispatcher.submitting();
                Orchestrator ralph = Orchestrator.builder()
                        .store(store)
                        .dispatcher(dispatcher)
                        .build()) {
            assertThat(ralph.health().full().checks())
                    .containsKeys("database", "disk", "memory")
                    .doesNotContainKeys("agents", "containment", "dispatcher", "leases");
        }
    }
}
