/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.plain.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ralph.StoreException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class MaintenanceTest {

    @Test
    void whatFailsIsTriedAgainAndKeepsNobodyElseFromWorking() throws Exception {
        CountDownLatch failing = new CountDownLatch(2);
        CountDownLatch working = new CountDownLatch(2);

        Maintenance maintenance = Maintenance.every(
                Duration.ofMillis(10),
                List.of(
                        () -> {
                            failing.countDown();
                            throw new StoreException("the database is away");
                        },
                        working::countDown));
        try {
            assertThat(failing.await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(working.await(10, TimeUnit.SECONDS)).isTrue();
        } finally {
            maintenance.close();
        }
    }
}
