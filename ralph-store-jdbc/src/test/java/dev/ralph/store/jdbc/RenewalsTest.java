/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ralph.spi.Lease;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Leases in PostgreSQL beside a step that is being written. */
class RenewalsTest {

    @RegisterExtension
    static final PostgresDatabase DATABASE = new PostgresDatabase();

    private static final Duration TTL = Duration.ofMinutes(10);

    @Test
    @Timeout(30)
    void aStepThatTakesLongHoldsUpNoOtherLeaseAndLosesNotItsOwn() throws Exception {
        try (JdbcStore store = DATABASE.open()) {
            Lease slow = TestRun.begin(store).lease();
            Lease other = TestRun.begin(store).lease();
            Lease lost = TestRun.begin(store).lease();
            store.release(lost);
            try (Connection step = DATABASE.server().connect(DATABASE.name());
                    Statement statement = step.createStatement()) {
                step.setAutoCommit(false);
                statement.execute("UPDATE ralph.orchestrations SET version = version WHERE id = '" + slow.run() + "'");

                assertThat(store.renew(List.of(slow, other, lost), TTL)).containsExactly(other);
                assertThat(store.lost(List.of(slow, lost))).containsExactly(lost);
                step.rollback();
            }
            assertThat(store.renew(List.of(slow, other), TTL)).containsExactlyInAnyOrder(slow, other);
        }
    }
}
