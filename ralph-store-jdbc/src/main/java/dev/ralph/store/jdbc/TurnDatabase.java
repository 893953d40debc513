/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc;

import dev.ralph.log.LogText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An H2 database in a file that is open only during the turns of this process. Used under the lock of its owner. */
final class TurnDatabase {

    private static final Logger LOG = LoggerFactory.getLogger(TurnDatabase.class);

    private static final Duration LONGEST_PAUSE = Duration.ofMillis(8);

    /** After a turn that others waited for: they look once more before this is over. */
    private static final Duration AFTER_YOU = LONGEST_PAUSE.multipliedBy(2);

    /** H2: somebody else has the file open. */
    private static final int ALREADY_OPEN = 90020;

    /** H2: the file is corrupted, or in a format it does not know. */
    private static final Set<Integer> DAMAGED = Set.of(90030, 90048);

    /** H2 compacts when it closes, which takes many times as long as closing. Done once the file has grown by half and this. */
    private static final long GROWTH = 4 << 20;

    private final DatabaseUrl url;
    private final Path file;
    private final FileTurn turn;
    private @Nullable Connection keeper;
    private boolean compacting;
    private long openedAt;
    private long notBefore = System.nanoTime();
    private long seen;
    private boolean changedElsewhere;

    /** A database that is not open yet, in a file that H2 gives another ending. Its folder is made if it is not there. */
    TurnDatabase(Path path) throws IOException {
        Path absolute = path.toAbsolutePath();
        url = DatabaseUrl.h2File(absolute);
        file = absolute.resolveSibling(absolute.getFileName() + ".mv.db");
        Files.createDirectories(absolute.resolveSibling(""));
        turn = new FileTurn(absolute.resolveSibling(absolute.getFileName() + ".turn"));
        seen = turn.read(FileTurn.Note.MARK);
    }

    boolean isOpen() {
        return keeper != null;
    }

    /** How long it has been open, in nanoseconds. */
    long openFor() {
        return System.nanoTime() - openedAt;
    }

    /**
     * Waits for the turn, and opens the database.
     *
     * @param began when the waiting began, by {@link System#nanoTime}
     * @param patience how long it may last
     */
    void open(long began, Duration patience) throws SQLException {
        try {
            if (!tryOpen()) {
                try {
                    awaitTurn(began, patience);
                } finally {
                    turn.wantItNoMore();
                }
            }
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    /** Another connection to the database, which is open. */
    Connection connect() throws SQLException {
        return DriverManager.getConnection(url.jdbcUrl() + (compacting ? "" : ";MAX_COMPACT_TIME=0"), url.user(), "");
    }

    /** Whether others wait for the turn. */
    boolean isWanted() {
        try {
            return turn.isWanted();
        } catch (IOException e) {
            return true;
        }
    }

    /** Leaves a mark that the database is about to change: the turn is ours until long after it did. */
    void mark() throws SQLException {
        try {
            look();
            seen = ThreadLocalRandom.current().nextLong();
            turn.write(FileTurn.Note.MARK, seen);
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    /** Whether another process left a mark since this was last asked. */
    boolean hasChangedElsewhere() throws IOException {
        look();
        boolean changed = changedElsewhere;
        changedElsewhere = false;
        return changed;
    }

    /**
     * Closes the database and gives the turn back; without effect if it is not open. If others wait they come first, even if
     * this process wants the next turn too.
     */
    void close() {
        Connection last = keeper;
        keeper = null;
        if (last == null) {
            return;
        }
        try {
            last.close();
            if (compacting) {
                turn.write(FileTurn.Note.COMPACT_SIZE, size());
            }
        } catch (SQLException | IOException e) {
            LOG.debug(
                    "The database {} was not closed cleanly and is recovered when it is next opened",
                    LogText.line(url),
                    LogText.failure(e));
        } finally {
            if (isWanted()) {
                notBefore = System.nanoTime() + AFTER_YOU.toNanos();
            }
            giveBack();
        }
    }

    /** The last call. */
    void closeForGood() {
        close();
        try {
            turn.close();
        } catch (IOException e) {
            LOG.debug("The turn at {} was not closed cleanly", LogText.line(url), LogText.failure(e));
        }
    }

    @Override
    public String toString() {
        return url.toString();
    }

    private void awaitTurn(long began, Duration patience) throws SQLException, IOException {
        long pause = TimeUnit.MILLISECONDS.toNanos(1);
        boolean interrupted = false;
        try {
            while (!tryOpen()) {
                if (System.nanoTime() - began > patience.toNanos()) {
                    throw SharedFileException.held("the database " + url + " could not be opened within "
                            + patience.toMillis() + " ms: " + holder()
                            + "; if that is stopped (Ctrl-Z), let it go on or end it");
                }
                // Each time: whoever looks whether somebody waits is in the way for a moment.
                turn.wantIt();
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
            long compact = turn.read(FileTurn.Note.COMPACT_SIZE);
            compacting = size() > compact + compact / 2 + GROWTH;
            keeper = connect();
            turn.write(FileTurn.Note.HOLDER, ProcessHandle.current().pid());
            openedAt = System.nanoTime();
            return true;
        } catch (SQLException e) {
            // Somebody who knows nothing of turns has it open, such as H2's own tools.
            if (e.getErrorCode() == ALREADY_OPEN) {
                return false;
            }
            throw DAMAGED.contains(e.getErrorCode())
                    ? SharedFileException.damaged(
                            "the database " + file
                                    + " is damaged or not of this version of H2; restore it from a backup,"
                                    + " or move it away to begin anew",
                            e)
                    : e;
        } finally {
            if (keeper == null) {
                giveBack();
            }
        }
    }

    private void giveBack() {
        try {
            turn.giveBack();
        } catch (IOException e) {
            LOG.warn(
                    "The turn at {} could not be given back; others wait until this process ends",
                    LogText.line(url),
                    LogText.failure(e));
        }
    }

    private void look() throws IOException {
        long mark = turn.read(FileTurn.Note.MARK);
        changedElsewhere |= mark != seen;
        seen = mark;
    }

    private long size() throws IOException {
        return Files.exists(file) ? Files.size(file) : 0;
    }

    private String holder() {
        try {
            long pid = turn.read(FileTurn.Note.HOLDER);
            return pid == 0 || pid == ProcessHandle.current().pid()
                    ? "another program has it open"
                    : "process " + pid + " has it open, or had it last";
        } catch (IOException e) {
            return "another process has it open";
        }
    }

    private SQLException unusable(IOException e) {
        return new SQLException("the file beside " + url + " that says whose turn it is cannot be used", "58030", e);
    }
}
