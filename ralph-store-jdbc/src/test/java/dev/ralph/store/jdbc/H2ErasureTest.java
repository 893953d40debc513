/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

@Tag("integration")
class H2ErasureTest extends ErasureContract {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private HikariDataSource pool;

    @BeforeEach
    void begin() {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl("jdbc:h2:file:" + folder.resolve("runs") + ";WRITE_DELAY=0");
        config.setMaximumPoolSize(10);
        pool = new HikariDataSource(config);
    }

    @AfterEach
    void close() {
        pool.close();
    }

    @Override
    JdbcStoreBuilder on() {
        return JdbcStore.builder().dataSource(pool);
    }

    @Override
    String dump() throws SQLException {
        return Sealing.h2(pool);
    }

    /** Each test has a database of its own. */
    @Override
    JdbcStoreBuilder onClear() {
        return on();
    }

    @Override
    String clearDump() throws SQLException {
        return dump();
    }
}
