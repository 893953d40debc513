/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ralph.StoreUnavailableException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@Tag("integration")
class MaintenanceScheduleTest {

    @RegisterExtension
    static final PostgresDatabase DATABASE = new PostgresDatabase();

    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration QUARTER = Duration.ofMinutes(15);
    private static final MaintenanceReport DONE = new MaintenanceReport(0, 0, 0, true);
    private static final MaintenanceReport LEFT = new MaintenanceReport(0, 0, 0, false);

    @Test
    void itComesAgainSoonerIfSomethingIsLeftOrFailed() {
        assertThat(next(() -> DONE)).isEqualTo(DAY);
        assertThat(next(() -> LEFT)).isEqualTo(QUARTER);
        assertThat(next(() -> {
                    throw new StoreUnavailableException("not now");
                }))
                .isEqualTo(QUARTER);
        assertThat(next(() -> DONE)).as("as ever").isEqualTo(DAY);
    }

    @Test
    void aStoreMaintainsItselfIfItIsToldTo() {
        // That of the test before may take a moment to end.
        Cluster.untilTrue("nobody maintains", () -> maintaining() == 0);
        JdbcStoreBuilder builder =
                JdbcStore.builder().dataSource(DATABASE.pool()).leaseDataSource(DATABASE.pool());
        try (JdbcStore left = builder.build()) {
            assertThat(left).isNotNull();
            assertThat(maintaining()).isZero();
        }
        try (JdbcStore told = builder.maintenance(DAY).build()) {
            assertThat(told).isNotNull();
            assertThat(maintaining()).isEqualTo(1);
        }
        Cluster.untilTrue("nobody maintains any more", () -> maintaining() == 0);
    }

    private static long maintaining() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals(MaintenanceSchedule.THREAD))
                .count();
    }

    @Test
    void itGoesOnUntilItIsClosed() {
        AtomicInteger calls = new AtomicInteger();
        MaintenanceSchedule schedule = new MaintenanceSchedule(
                () -> {
                    calls.incrementAndGet();
                    throw new IllegalStateException("a bug");
                },
                Duration.ofMillis(20));
        schedule.start();
        await().until(() -> calls.get() >= 3);

        schedule.close();

        int atTheEnd = calls.get();
        await().during(Duration.ofMillis(200)).until(() -> calls.get() <= atTheEnd + 1);
    }

    private Duration next(Supplier<MaintenanceReport> maintenance) {
        try (MaintenanceSchedule schedule = new MaintenanceSchedule(maintenance, DAY)) {
            return schedule.maintain();
        }
    }
}
