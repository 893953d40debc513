/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class PoolsTest {

    private static final DatabaseUrl URL = DatabaseUrl.parse("jdbc:h2:mem:pools");

    @Test
    void byDefaultThePoolIsAsTheDeploymentGuideHasIt() {
        try (HikariDataSource pool = new Pools(JdbcStoreConfig.DEFAULT, "node").work(URL)) {
            assertThat(pool.getMinimumIdle()).isEqualTo(20);
            assertThat(pool.getMaximumPoolSize()).isEqualTo(40);
            assertThat(pool.getConnectionTimeout())
                    .isEqualTo(Duration.ofSeconds(10).toMillis());
            assertThat(pool.getIdleTimeout()).isEqualTo(Duration.ofHours(1).toMillis());
            assertThat(pool.getMaxLifetime())
                    .as("an idle connection lives as long as it may")
                    .isGreaterThan(pool.getIdleTimeout());
        }
    }
}
