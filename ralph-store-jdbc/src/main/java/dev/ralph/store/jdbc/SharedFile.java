/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Connections to an H2 file that processes of one host use by turns. H2 lets one process have a file open. Here a process
 * has it open while it works with it and for a moment after, which makes a turn of some milliseconds; meanwhile the others
 * wait. A process that is killed gives its turn up by dying. Thread-safe.
 */
final class SharedFile extends PlainDataSource implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SharedFile.class);

    /**
     * Calls come in bursts, and opening the file takes longer than most of them: it stays open for this long after the last
     * call, and whoever waits for it gets it no sooner than this.
     */
    private static final Duration LINGER = Duration.ofMillis(50);

    private static final Duration LONGEST_PAUSE = Duration.ofMillis(8);

    /** After a turn that others waited for: they look once more before this is over. */
    private static final Duration AFTER_YOU = LONGEST_PAUSE.multipliedBy(2);

    /** H2: somebody else has the file open. */
    private static final int ALREADY_OPEN = 90020;

    private final DatabaseUrl url;
    private final Duration patience;
    private final FileTurn turn;
    private final ReentrantLock lock = new ReentrantLock();
    private final ScheduledExecutorService closer;
    private @Nullable Connection keeper;
    private @Nullable ScheduledFuture<?> closing;
    private int users;
    private boolean suspect;
    private long openedAt;
    private long usedAt;
    private long notBefore = System.nanoTime();
    private long seen;
    private boolean changedElsewhere;

    /**
     * Prepares; opens nothing yet.
     *
     * @param file the database, without the ending H2 gives it; the folder is made if it is not there
     * @param patience how long a call waits for its turn
     */
    SharedFile(Path file, Duration patience) throws IOException {
        Path absolute = file.toAbsolutePath();
        this.url = DatabaseUrl.h2File(absolute);
        this.patience = patience;
        Path folder = absolute.getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        turn = new FileTurn(absolute.resolveSibling(absolute.getFileName() + ".turn"));
        seen = turn.mark();
        closer = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "ralph-shared-file");
            thread.setDaemon(true);
            return thread;
        });
    }

    @Override
    public Connection getConnection() throws SQLException {
        long deadline = System.nanoTime() + patience.toNanos();
        lock.lock();
        try {
            if (keeper == null) {
                open(deadline);
            }
            Connection connection = connect();
            users++;
            return SharedConnection.of(connection, this);
        } finally {
            if (users == 0 && keeper != null) {
                closeFile();
            }
            lock.unlock();
        }
    }

    /** Whether another process changed the database since this was last asked. */
    boolean hasChangedElsewhere() throws IOException {
        lock.lock();
        try {
            look();
            boolean changed = changedElsewhere;
            changedElsewhere = false;
            return changed;
        } finally {
            lock.unlock();
        }
    }

    /** Called before each commit: the turn is ours until long after it, so whoever sees the mark sees the change. */
    void changing() throws SQLException {
        lock.lock();
        try {
            look();
            seen = ThreadLocalRandom.current().nextLong();
            turn.mark(seen);
        } catch (IOException e) {
            throw unusable(e);
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
            if (users > 0 || keeper == null) {
                return;
            }
            if (suspect || closer.isShutdown() || isDue()) {
                closeFile();
            } else {
                closeAfter(LINGER.toNanos());
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public String toString() {
        return url.toString();
    }

    /** Connections that are out may be used to their end. */
    @Override
    public void close() {
        lock.lock();
        try {
            closer.shutdown();
            if (users == 0) {
                closeFile();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Waits for the turn until the deadline, and opens the database. */
    private void open(long deadline) throws SQLException {
        try {
            if (!tryOpen()) {
                turn.wantIt();
                try {
                    awaitTurn(deadline);
                } finally {
                    turn.wantItNoMore();
                }
            }
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    private void awaitTurn(long deadline) throws SQLException, IOException {
        long pause = TimeUnit.MILLISECONDS.toNanos(1);
        boolean interrupted = false;
        try {
            while (!tryOpen()) {
                if (System.nanoTime() - deadline > 0) {
                    throw held();
                }
                // An interrupted thread would not pause.
                interrupted |= Thread.interrupted();
                LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(pause));
                pause = Math.min(pause * 2, LONGEST_PAUSE.toNanos());
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private boolean tryOpen() throws SQLException, IOException {
        if (System.nanoTime() - notBefore < 0 || !turn.tryTake()) {
            return false;
        }
        try {
            keeper = connect();
            openedAt = System.nanoTime();
            suspect = false;
            return true;
        } catch (SQLException e) {
            // Somebody who knows nothing of turns has it open, such as H2's own tools.
            if (e.getErrorCode() == ALREADY_OPEN) {
                return false;
            }
            throw e;
        } finally {
            if (keeper == null) {
                giveBack();
            }
        }
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(url.jdbcUrl(), url.user(), "");
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
            if (users == 0 && keeper != null) {
                long left = usedAt + LINGER.toNanos() - System.nanoTime();
                if (left <= 0 || isDue()) {
                    closeFile();
                } else {
                    closeAfter(left);
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /** Whether others waited long enough. */
    private boolean isDue() {
        try {
            if (System.nanoTime() - openedAt >= LINGER.toNanos() && turn.isWanted()) {
                notBefore = System.nanoTime() + AFTER_YOU.toNanos();
                return true;
            }
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    private void closeFile() {
        Connection last = keeper;
        keeper = null;
        try {
            if (last != null) {
                last.close();
            }
        } catch (SQLException e) {
            LOG.debug("The database {} was not closed cleanly and is recovered when it is next opened", url, e);
        } finally {
            giveBack();
        }
    }

    private void giveBack() {
        try {
            turn.giveBack();
            if (closer.isShutdown()) {
                turn.close();
            }
        } catch (IOException e) {
            LOG.warn("The turn at {} could not be given back; others wait until this process ends", url, e);
        }
    }

    private void look() throws IOException {
        long mark = turn.mark();
        changedElsewhere |= mark != seen;
        seen = mark;
    }

    private SQLException held() {
        String who;
        try {
            long pid = turn.holder();
            who = pid == 0 || pid == ProcessHandle.current().pid() ? "another process" : "process " + pid;
        } catch (IOException e) {
            who = "another process";
        }
        return new FileHeldException(who + " has had the database " + url + " open for " + patience.toSeconds()
                + " s; if it is stopped (Ctrl-Z), let it go on or end it");
    }

    private SQLException unusable(IOException e) {
        return new SQLException("the file beside " + url + " that says whose turn it is cannot be used", "58030", e);
    }
}
