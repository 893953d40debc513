/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ralph.StoreUnavailableException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
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

    private final MaintenanceTurn turn = new MaintenanceTurn(DATABASE.pool(), Dialect.POSTGRESQL);

    @Test
    void itComesAgainSoonerIfSomethingIsLeftOrFailed() {
        assertThat(next(() -> DONE)).isEqualTo(DAY);
        assertThat(next(() -> LEFT)).isEqualTo(QUARTER);
        assertThat(next(() -> {
                    throw new StoreUnavailableException("not now");
                }))
                .isEqualTo(QUARTER);
        assertThat(next(() -> DONE)).as("the turn was given back").isEqualTo(DAY);
    }

    @Test
    void oneNodeAtATimeIsAtIt() throws Exception {
        CountDownLatch atIt = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        CompletableFuture<Duration> first = CompletableFuture.supplyAsync(() -> next(() -> {
            atIt.countDown();
            await().until(() -> end.getCount() == 0);
            return DONE;
        }));
        atIt.await();

        assertThat(new MaintenanceTurn(DATABASE.pool(), Dialect.POSTGRESQL).take(() -> DONE))
                .isEmpty();

        end.countDown();
        assertThat(first.get()).isEqualTo(DAY);
        assertThat(turn.take(() -> DONE)).isPresent();
    }

    @Test
    void itGoesOnUntilItIsClosed() {
        AtomicInteger calls = new AtomicInteger();
        MaintenanceSchedule schedule = new MaintenanceSchedule(
                turn,
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
        try (MaintenanceSchedule schedule = new MaintenanceSchedule(turn, maintenance, DAY)) {
            return schedule.maintain();
        }
    }
}
