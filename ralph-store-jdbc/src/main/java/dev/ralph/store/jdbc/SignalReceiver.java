/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc;

import com.zaxxer.hikari.HikariDataSource;
import dev.ralph.log.LogText;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Hears what nodes tell, on a thread and a connection of its own; takes another connection when that one fails. */
final class SignalReceiver implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SignalReceiver.class);
    private static final Duration WAIT = Duration.ofSeconds(1);
    private static final Duration RETRY = Duration.ofSeconds(1);
    private static final Duration FIRST_ATTEMPT = Duration.ofSeconds(5);

    private final DataSource source;
    private final Ear ear;
    private final CountDownLatch attempted = new CountDownLatch(1);
    private final Thread thread;
    private boolean listening;
    private volatile boolean closed;
    private volatile @Nullable Connection connection;

    /** Who is told, on the receiver's thread. */
    interface Ear {

        /** From now on whatever is sent is heard. */
        void listening();

        void heard(SignalBatch batch);

        /**
         * Nothing was heard for a second.
         *
         * @return whether to go on listening on this connection
         */
        boolean quiet();

        /** The connection is gone; another one will be taken. */
        void lost();
    }

    SignalReceiver(DataSource source, Ear ear) {
        this.source = source;
        this.ear = ear;
        thread = new Thread(this::receive, "ralph-signals-in");
        thread.setDaemon(true);
    }

    /** Starts listening, and waits until it does or that has failed. */
    void start() throws InterruptedException {
        thread.start();
        if (!attempted.await(FIRST_ATTEMPT.toMillis(), TimeUnit.MILLISECONDS)) {
            LOG.debug("Listening for other nodes' signals takes a while");
        }
    }

    @Override
    public void close() {
        closed = true;
        Connection current = connection;
        if (current != null) {
            // A pool that expects it back would warn of a broken connection.
            if (source instanceof HikariDataSource pool) {
                pool.evictConnection(current);
            }
            try {
                current.unwrap(Connection.class).abort(Runnable::run);
            } catch (SQLException e) {
                LOG.debug("The listening connection was not aborted", LogText.failure(e));
            }
        }
        LockSupport.unpark(thread);
    }

    private void receive() {
        while (!closed) {
            try (Connection taken = source.getConnection()) {
                connection = taken;
                listen(taken);
            } catch (SQLException | RuntimeException e) {
                if (!closed) {
                    LOG.atLevel(listening ? Level.WARN : Level.DEBUG)
                            .log(
                                    "Other nodes' signals are not heard for now; polling instead: {}",
                                    LogText.line(e.getMessage()));
                }
            } finally {
                connection = null;
                listening = false;
                attempted.countDown();
            }
            if (!closed) {
                ear.lost();
                LockSupport.parkNanos(RETRY.toNanos());
            }
        }
    }

    private void listen(Connection taken) throws SQLException {
        if (!taken.getAutoCommit()) {
            taken.setAutoCommit(true);
        }
        try (Statement statement = taken.createStatement()) {
            statement.execute("LISTEN " + SignalSender.CHANNEL);
        }
        listening = true;
        ear.listening();
        attempted.countDown();
        hear(taken.unwrap(PGConnection.class));
        if (!closed) {
            // It goes back to whoever gave it, and must not gather what nobody reads.
            try (Statement statement = taken.createStatement()) {
                statement.execute("UNLISTEN *");
            }
        }
    }

    /** Until nothing is heard any more. */
    private void hear(PGConnection listening) throws SQLException {
        boolean goOn = true;
        while (goOn && !closed) {
            PGNotification[] notifications = listening.getNotifications(Math.toIntExact(WAIT.toMillis()));
            if (notifications == null || notifications.length == 0) {
                goOn = ear.quiet();
            } else {
                for (PGNotification notification : notifications) {
                    SignalBatch.decode(notification.getParameter()).ifPresent(ear::heard);
                }
            }
        }
    }
}
