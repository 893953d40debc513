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
    private static final Duration UNTIL_DEAD = Duration.ofSeconds(10);

    private final AtomicLong nanos = new AtomicLong();
    private int late;
    private final PollWatch watch = new PollWatch(nanos::get);
    private final HeartbeatWatch heartbeats = new HeartbeatWatch(nanos::get, UNTIL_DEAD);
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
    void aNodeThatLooksIntoTheQueueAndSendsNoHeartbeatsIsDownUntilTheyArriveAgain() throws Exception {
        nanos.addAndGet(Duration.ofSeconds(15).toNanos());
        onPollThread(clock::now);
        assertThat(check().status()).isEqualTo(CheckStatus.UP);

        nanos.addAndGet(Duration.ofMillis(1).toNanos());
        heartbeats.onSchedulerEvent(SchedulerEventType.UNEXPECTED_ERROR);
        assertThat(check().status()).isEqualTo(CheckStatus.DOWN);
        assertThat(check().message()).contains("15.001 s").contains(HousekeepingThreads.NAME);
        assertThat(check().details()).containsEntry("lastHeartbeatSeconds", 15.001);

        heartbeats.onSchedulerEvent(SchedulerEventType.RAN_DETECT_DEAD);
        assertThat(check().status()).isEqualTo(CheckStatus.UP);
    }

    @Test
    void lateHeartbeatsOfRunsAtWorkAreTold() {
        late = 2;

        assertThat(check().status()).isEqualTo(CheckStatus.DEGRADED);
        assertThat(check().message()).contains("2 runs at work are late");
    }

    @Test
    void aDispatcherThatWasNotStartedIsDown() {
        assertThat(new DispatcherProbe(() -> null, POLL).check().status()).isEqualTo(CheckStatus.DOWN);
    }

    private CheckResult check() {
        return new DispatcherProbe(
                        () -> new DispatcherProbe.Standing(watch.looks(), heartbeats.beats(() -> late)), POLL)
                .check();
    }

    /** Heartbeats arrive meanwhile. */
    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
        heartbeats.onSchedulerEvent(SchedulerEventType.RAN_DETECT_DEAD);
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
