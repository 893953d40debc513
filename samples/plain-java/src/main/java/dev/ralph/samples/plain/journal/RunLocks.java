/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.plain.journal;

import dev.ralph.RunId;
import dev.ralph.StoreException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Says which process may write to which run, by locks of the operating system: they end with the process, however it
 * ends. One file serves all runs; each run is a byte of it, so no lock files are left behind. The file is opened with the
 * first lock and stays open, because closing it would give up every lock of this process. Not thread-safe.
 */
final class RunLocks implements AutoCloseable {

    private static final long CREATION = 0;

    private final Path path;
    private @Nullable FileChannel channel;

    RunLocks(Path path) {
        this.path = path;
    }

    /** The lock of a run, or empty if somebody else has it. */
    Optional<FileLock> tryLock(RunId run) {
        try {
            return Optional.ofNullable(channel().tryLock(position(run), 1, false));
        } catch (OverlappingFileLockException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw failure(e);
        }
    }

    /** Waits for the right to make a run whose task id must be unique. */
    FileLock lockCreation() {
        try {
            return channel().lock(CREATION, 1, false);
        } catch (IOException e) {
            throw failure(e);
        }
    }

    static void unlock(FileLock lock) {
        try {
            lock.release();
        } catch (IOException e) {
            throw new StoreException("a lock cannot be given back: " + e, e);
        }
    }

    @Override
    public void close() {
        FileChannel open = channel;
        channel = null;
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                throw failure(e);
            }
        }
    }

    private FileChannel channel() throws IOException {
        FileChannel open = channel == null ? PrivateFiles.openOrCreate(path) : channel;
        channel = open;
        return open;
    }

    /** The last 64 bits of an id are random: no two runs of one folder share a byte. */
    private static long position(RunId run) {
        return 1 + Long.remainderUnsigned(run.value().getLeastSignificantBits(), Long.MAX_VALUE - 1);
    }

    private StoreException failure(IOException e) {
        return new StoreException(path + " cannot be locked: " + e + "; use a local file system", e);
    }
}
