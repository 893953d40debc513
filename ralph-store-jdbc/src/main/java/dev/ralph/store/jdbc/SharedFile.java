/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Connections to an H2 file that processes of one host use by turns. H2 lets one process have a file open. Here a process
 * has it open while it works with it and for a moment after, which makes a turn of some milliseconds; meanwhile the others
 * wait. A process that is killed gives its turn up by dying. Thread-safe.
 */
final class SharedFile extends PlainDataSource implements AutoCloseable {

    /**
     * Calls come in bursts, and opening the file takes longer than most of them: it stays open for this long after the last
     * call, and whoever waits for it gets it no sooner than this.
     */
    private static final Duration LINGER = Duration.ofMillis(50);

    /**
     * When others wait, whoever wants a connection here waits for the next turn, unless the present one does not end: a
     * thread may ask for a second connection while it has a first.
     */
    private static final Duration STAND_BACK = Duration.ofMillis(250);

    private final TurnDatabase database;
    private final Duration patience;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition turnOver = lock.newCondition();
    private final ScheduledExecutorService closer;
    private @Nullable ScheduledFuture<?> closing;
    private int users;
    private boolean suspect;
    private long usedAt;

    /**
     * Prepares; opens nothing yet.
     *
     * @param file the database, without the ending H2 gives it; the folder is made if it is not there
     * @param patience how long a call waits for its turn
     */
    SharedFile(Path file, Duration patience) throws IOException {
        this.database = new TurnDatabase(file);
        this.patience = patience;
        closer = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "ralph-shared-file");
            thread.setDaemon(true);
            return thread;
        });
    }

    @Override
    public Connection getConnection() throws SQLException {
        return connect(true);
    }

    /** Connections for renewing leases, which changes nothing that others look for. */
    DataSource forLeases() {
        return new PlainDataSource() {
            @Override
            public Connection getConnection() throws SQLException {
                return connect(false);
            }
        };
    }

    private Connection connect(boolean telling) throws SQLException {
        long began = System.nanoTime();
        lock.lock();
        try {
            standBack();
            if (!database.isOpen()) {
                database.open(began, patience);
            }
            Connection connection = database.connect();
            users++;
            return SharedConnection.of(connection, this, telling);
        } finally {
            if (users == 0) {
                endTurn();
            }
            lock.unlock();
        }
    }

    /** Whether another process changed the database since this was last asked. */
    boolean hasChangedElsewhere() throws IOException {
        lock.lock();
        try {
            return database.hasChangedElsewhere();
        } finally {
            lock.unlock();
        }
    }

    /** Whether another process, or another store of this one, waits for its turn. */
    boolean isWanted() {
        lock.lock();
        try {
            return database.isWanted();
        } finally {
            lock.unlock();
        }
    }

    /** Called before each commit. */
    void changing() throws SQLException {
        lock.lock();
        try {
            database.mark();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Called once for each connection, after it was closed.
     *
     * @param failed whether the connection failed, so that the database may have closed itself
     */
    void release(boolean failed) {
        lock.lock();
        try {
            users--;
            suspect |= failed;
            usedAt = System.nanoTime();
            if (users > 0) {
                return;
            }
            if (closer.isShutdown()) {
                database.closeForGood();
                turnOver.signalAll();
            } else if (suspect || isDue()) {
                endTurn();
                suspect = false;
            } else {
                closeAfter(LINGER.toNanos());
            }
        } finally {
            lock.unlock();
        }
    }

    /** Connections that are out may be used to their end. */
    @Override
    public void close() {
        lock.lock();
        try {
            closer.shutdown();
            if (users == 0) {
                database.closeForGood();
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public String toString() {
        return database.toString();
    }

    private void closeAfter(long nanos) {
        if (closing == null) {
            closing = closer.schedule(this::closeIfIdle, nanos, TimeUnit.NANOSECONDS);
        }
    }

    private void closeIfIdle() {
        lock.lock();
        try {
            closing = null;
            if (users > 0 || !database.isOpen()) {
                return;
            }
            long left = usedAt + LINGER.toNanos() - System.nanoTime();
            if (left <= 0 || isDue()) {
                endTurn();
            } else {
                closeAfter(left);
            }
        } finally {
            lock.unlock();
        }
    }

    private void standBack() {
        long left = STAND_BACK.toNanos();
        try {
            while (users > 0 && left > 0 && database.isOpen() && isDue()) {
                left = turnOver.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (users == 0 && database.isOpen() && isDue()) {
            endTurn();
        }
    }

    private void endTurn() {
        database.close();
        turnOver.signalAll();
    }

    /** Whether others waited long enough. */
    private boolean isDue() {
        return database.openFor() >= LINGER.toNanos() && database.isWanted();
    }
}
