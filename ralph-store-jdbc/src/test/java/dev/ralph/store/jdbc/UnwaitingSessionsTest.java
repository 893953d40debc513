/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class UnwaitingSessionsTest {

    @RegisterExtension
    static final PostgresDatabase DATABASE = new PostgresDatabase();

    @Test
    void heartbeatsWaitForNoDiskAndEverythingElseDoes() throws Exception {
        DatabaseUrl url = DatabaseUrl.parse(DATABASE.url());
        Pools pools = new Pools(JdbcStoreConfig.DEFAULT, "test");
        try (HikariDataSource signals = pools.signals(url);
                HikariDataSource work = pools.work(url);
                HikariDataSource leases = pools.leases(url)) {
            assertThat(synchronousCommit(signals)).isEqualTo("off");
            assertThat(synchronousCommit(work)).isEqualTo("on");
            assertThat(synchronousCommit(leases)).isEqualTo("on");
        }
    }

    @Test
    void aSessionThatAPoolerSharesIsLeftAsItIs() throws Exception {
        try (PoolingRelay relay = PoolingRelay.to(DATABASE.url())) {
            assertThat(synchronousCommit(relay.through())).isEqualTo("on");
        }
    }

    @Test
    void aPoolOfThemThatIsClosedLeavesNoSessionBehind() throws Exception {
        for (int i = 0; i < 5; i++) {
            try (HikariDataSource signals =
                            new Pools(JdbcStoreConfig.DEFAULT, "closing").signals(DatabaseUrl.parse(DATABASE.url()));
                    Connection taken = signals.getConnection()) {
                assertThat(signals.getLoginTimeout()).isPositive();
                // The pool fills up again while it is closed.
                signals.evictConnection(taken);
            }
        }
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> DATABASE.query("SELECT count(*) FROM pg_stat_activity WHERE application_name = 'closing'")
                        .equals("0"));
    }

    private static String synchronousCommit(DataSource source) throws SQLException {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SHOW synchronous_commit")) {
            assertThat(row.next()).isTrue();
            return row.getString(1);
        }
    }
}
