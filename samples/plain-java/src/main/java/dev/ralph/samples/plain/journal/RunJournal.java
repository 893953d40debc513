/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.plain.journal;

import dev.ralph.RunId;
import java.nio.channels.FileLock;
import org.jspecify.annotations.Nullable;

/** One run: its file, the replay of that file, and the run's lock while this process has it. Not thread-safe. */
final class RunJournal {

    private final RunId run;
    private final JournalFile file;
    private final Replay replay;
    private final RunLocks locks;
    private @Nullable FileLock lock;

    RunJournal(RunId run, JournalFile file, Replay replay, RunLocks locks) {
        this.run = run;
        this.file = file;
        this.replay = replay;
        this.locks = locks;
    }

    Replay replay() {
        return replay;
    }

    boolean isLocked() {
        return lock != null;
    }

    /** Replays what other processes have written since the last time. */
    void refresh() {
        if (lock == null) {
            file.readNew(replay::apply);
        }
    }

    /** Makes this process the one that may write, if no other is; then nothing it has not replayed is in the file. */
    boolean tryLock() {
        if (lock != null) {
            return true;
        }
        FileLock acquired = locks.tryLock(run).orElse(null);
        if (acquired == null) {
            return false;
        }
        try {
            file.readNew(replay::apply);
            lock = acquired;
            return true;
        } finally {
            if (lock == null) {
                RunLocks.unlock(acquired);
            }
        }
    }

    /** As {@link #tryLock}, for a run whose file is not there yet. */
    boolean tryLockNew() {
        lock = locks.tryLock(run).orElse(null);
        return lock != null;
    }

    void write(JournalEntry entry, boolean durable) {
        file.append(entry, durable);
    }

    /** Lets other processes write, unless the disk still lacks something. */
    void unlock() {
        FileLock held = lock;
        if (held != null && file.isFlushed()) {
            file.close();
            lock = null;
            RunLocks.unlock(held);
        }
    }

    /** Writes what could not be written so far, and frees the file. */
    void close() {
        try {
            file.flush();
        } finally {
            file.close();
        }
    }
}
