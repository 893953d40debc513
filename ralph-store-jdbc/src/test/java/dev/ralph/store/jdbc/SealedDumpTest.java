/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ralph.RunId;
import java.io.IOException;
import java.sql.SQLException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What lies in a database whose content is sealed. */
@Tag("integration")
class SealedDumpTest {

    private static final String CANARY = "c4n4ry";

    @RegisterExtension
    static final PostgresDatabase DATABASE = new PostgresDatabase();

    @Test
    void nothingThatIsContentIsInADump() throws SQLException, IOException {
        RunId nobodys;
        try (JdbcStore store = Sealing.on(DATABASE.pool(), Sealing.keys("a")).build()) {
            nobodys = CanaryRun.ended(store, null, CANARY);
            RunId somebodys = CanaryRun.ended(store, "ann", CANARY);
            CanaryRun.requireWhole(store, nobodys, CANARY);
            CanaryRun.requireWhole(store, somebodys, CANARY);
        }
        String dump = Sealing.postgres(DATABASE.pool());
        assertThat(Sealing.has(dump, CANARY)).isFalse();
        assertThat(Sealing.has(dump, CanaryRun.ADDRESS)).isFalse();

        DATABASE.execute("UPDATE ralph.specs SET content = 'c4n4ry' WHERE run_id = '" + nobodys + "'");
        assertThat(Sealing.has(Sealing.postgres(DATABASE.pool()), CANARY))
                .as("the search finds bytes in clear")
                .isTrue();
    }
}
