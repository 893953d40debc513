/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * The right to open a database that several processes use by turns: a lock of the operating system, which ends with its
 * process, however that ends. The file that is locked also says a few things to the others. Nothing may open it a second time
 * in this process: closing it would give up the lock. Used under the lock of its owner.
 */
final class FileTurn implements AutoCloseable {

    /** What the file says. Each is a number, 0 if it was never written; who writes has the turn. */
    enum Note {
        /** Replaced with each change of the database. */
        MARK(0),
        /** The process that has the database open, or had it open last. */
        HOLDER(1),
        /** The bytes of the database after it was last compacted. */
        COMPACT_SIZE(2);

        private final long position;

        Note(int index) {
            position = (long) index * Long.BYTES;
        }
    }

    /** The bytes that are locked: by who has the turn, and by those who wait for it. */
    private static final int TURN = 0;

    private static final int WAITING = 1;

    /** Not interruptible: an interrupt closes a plain channel, and with it the lock is gone. */
    private final AsynchronousFileChannel channel;

    private @Nullable FileLock turn;
    private @Nullable FileLock waiting;

    /** Opens the file, and makes it if it is not there. */
    FileTurn(Path file) throws IOException {
        channel = AsynchronousFileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    /** Takes the turn if nobody has it. */
    boolean tryTake() throws IOException {
        turn = tryLock(TURN, false);
        return turn != null;
    }

    /** Gives the turn back. */
    void giveBack() throws IOException {
        FileLock held = turn;
        turn = null;
        if (held != null) {
            held.release();
        }
    }

    /** Lets whoever has the turn know that it is waited for. */
    void wantIt() throws IOException {
        if (waiting == null) {
            waiting = tryLock(WAITING, true);
        }
    }

    /** Takes {@link #wantIt} back. */
    void wantItNoMore() throws IOException {
        FileLock held = waiting;
        waiting = null;
        if (held != null) {
            held.release();
        }
    }

    /** Whether somebody else waits for the turn. */
    boolean isWanted() throws IOException {
        FileLock free = tryLock(WAITING, false);
        if (free != null) {
            free.release();
        }
        return free == null;
    }

    long read(Note note) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES);
        return complete(channel.read(bytes, note.position)) == Long.BYTES ? bytes.getLong(0) : 0;
    }

    void write(Note note, long value) throws IOException {
        complete(channel.write(ByteBuffer.allocate(Long.BYTES).putLong(0, value), note.position));
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    /** Null if another process has it, or another store of this process. */
    private @Nullable FileLock tryLock(int position, boolean shared) throws IOException {
        try {
            return channel.tryLock(position, 1, shared);
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    private static int complete(Future<Integer> transfer) throws IOException {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return transfer.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                } catch (ExecutionException e) {
                    throw new IOException(e.getCause());
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
