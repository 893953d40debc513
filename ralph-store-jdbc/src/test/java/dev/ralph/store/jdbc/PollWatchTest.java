/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.kagkarlsson.scheduler.Clock;
import com.github.kagkarlsson.scheduler.event.SchedulerListener.SchedulerEventType;
import dev.ralph.health.CheckResult;
import dev.ralph.health.CheckStatus;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;

class PollWatchTest {

    private static final Duration POLL = Duration.ofSeconds(1);

    private final AtomicLong nanos = new AtomicLong();
    private final PollWatch watch = new PollWatch(nanos::get);
    private final Clock clock = watch.watched(() -> Instant.EPOCH);
    private final DataSource source = watch.watched(h2());

    @Test
    void aLookThatTookAConnectionAndDidNotFailWasAnswered() throws Exception {
        pass(Duration.ofSeconds(5));
        onPollThread(() -> {
            clock.now();
            connect();
            clock.now();
        });
        pass(Duration.ofSeconds(2));

        assertThat(check().status()).isEqualTo(CheckStatus.UP);
        assertThat(check().details()).containsEntry("lastPollSeconds", 2.0).containsEntry("lastAnswerSeconds", 2.0);
    }

    @Test
    void aLookThatFailedIsDownUntilOneSucceeds() throws Exception {
        onPollThread(() -> {
            clock.now();
            connect();
            watch.onSchedulerEvent(SchedulerEventType.UNEXPECTED_ERROR);
            clock.now();
        });
        pass(Duration.ofSeconds(3));
        assertThat(check().status()).isEqualTo(CheckStatus.DOWN);
        assertThat(check().message()).contains("3.0 s old").contains("database");

        onPollThread(() -> {
            connect();
            clock.now();
        });
        assertThat(check().status()).isEqualTo(CheckStatus.UP);
    }

    @Test
    void aNodeWhoseSlotsAreAllTakenLooksAndAsksNothing() throws Exception {
        for (int i = 0; i < 60; i++) {
            pass(POLL);
            onPollThread(clock::now);
        }

        assertThat(check().status()).isEqualTo(CheckStatus.UP);
        assertThat(check().details()).containsEntry("lastPollSeconds", 0.0).containsEntry("lastAnswerSeconds", 60.0);
    }

    @Test
    void aThreadThatHangsInALookIsDown() throws Exception {
        onPollThread(() -> {
            clock.now();
            connect();
        });
        pass(Duration.ofSeconds(16));
        assertThat(check().status()).isEqualTo(CheckStatus.UP);

        pass(Duration.ofMillis(1));
        assertThat(check().status()).isEqualTo(CheckStatus.DOWN);
        assertThat(check().message()).contains("16.001 s").contains(PollWatch.THREAD);
    }

    @Test
    void whatOtherThreadsDoSaysNothing() throws Exception {
        pass(Duration.ofSeconds(20));
        clock.now();
        connect();
        watch.onSchedulerEvent(SchedulerEventType.UNEXPECTED_ERROR);

        assertThat(check().message()).contains("20.0 s");
    }

    @Test
    void aDispatcherThatWasNotStartedIsDown() {
        assertThat(new DispatcherProbe(() -> null, POLL).check().status()).isEqualTo(CheckStatus.DOWN);
    }

    private CheckResult check() {
        return new DispatcherProbe(watch::looks, POLL).check();
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    private void connect() {
        try (Connection connection = source.getConnection()) {
            assertThat(connection).isNotNull();
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private static void onPollThread(Runnable work) throws InterruptedException {
        Thread thread = new Thread(work, PollWatch.THREAD);
        thread.start();
        thread.join();
    }

    private static DataSource h2() {
        JdbcDataSource source = new JdbcDataSource();
        source.setURL("jdbc:h2:mem:");
        return source;
    }
}
