/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.workspace;

import dev.ralph.InvalidValueException;
import dev.ralph.RunId;
import dev.ralph.WorkspaceException;
import dev.ralph.WorkspaceException.Problem;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The right of one run to use a workspace. It ends with {@link #close} or with the process, however that ends.
 *
 * <p>The right is an operating system lock on a file. On POSIX systems a process loses it as soon as it closes the file
 * anywhere, so nothing opens that file a second time while this JVM has it: who holds it is told by a file beside it, and
 * claims within this JVM are settled before the file is touched.
 */
public final class WorkspaceLock implements AutoCloseable {

    private static final String LOCK_FILE = "lock";
    private static final String HOLDER_FILE = "holder";
    private static final int MAX_HOLDER_BYTES = 1024;

    private final Path file;
    private final Claim claim;
    private final FileChannel channel;
    private final @Nullable Object fileKey;

    private WorkspaceLock(Path file, Claim claim, FileChannel channel, @Nullable Object fileKey) {
        this.file = file;
        this.claim = claim;
        this.channel = channel;
        this.fileKey = fileKey;
    }

    /** What asking for the lock gave. */
    public sealed interface Attempt {}

    /**
     * The caller has the workspace.
     *
     * @param lock to be closed at the end
     */
    public record Acquired(WorkspaceLock lock) implements Attempt {}

    /**
     * Another run has the workspace.
     *
     * @param holder who, if it is known
     * @param message the path, the holder and what to do, for people
     */
    public record Busy(Optional<LockHolder> holder, String message) implements Attempt {}

    static Attempt tryAcquire(Path privateDirectory, LockHolder holder) {
        PrivateFiles.makeDirectory(privateDirectory);
        Path file = privateDirectory.resolve(LOCK_FILE);
        Claim claim = Claim.of(privateDirectory);
        if (!claim.take()) {
            return busy(file);
        }
        boolean acquired = false;
        try {
            WorkspaceLock lock = lockUninterrupted(file, claim);
            if (lock == null) {
                return busy(file);
            }
            acquired = true;
            return lock.announce(holder);
        } catch (IOException e) {
            throw new WorkspaceException(
                    Problem.LOCK_UNSUPPORTED,
                    "The lock file " + file + " cannot be locked (" + e
                            + "). Check its permissions, and that the file system supports locks.",
                    e);
        } finally {
            if (!acquired) {
                claim.release();
            }
        }
    }

    private Acquired announce(LockHolder holder) {
        try {
            PrivateFiles.write(file.resolveSibling(HOLDER_FILE), format(holder));
            return new Acquired(this);
        } catch (WorkspaceException e) {
            giveBack();
            throw e;
        }
    }

    /** An interrupt closes the channel that it meets; it must not look as if the file could not be locked. */
    private static @Nullable WorkspaceLock lockUninterrupted(Path file, Claim claim) throws IOException {
        boolean interrupted = false;
        try {
            while (true) {
                interrupted |= Thread.interrupted();
                try {
                    return lockFile(file, claim);
                } catch (ClosedByInterruptException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static @Nullable WorkspaceLock lockFile(Path file, Claim claim) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        boolean locked = false;
        try {
            Object opened = key(file);
            FileLock got = channel.tryLock();
            // A file deleted and made again meanwhile would let two processes lock two files of one name.
            locked = got != null && Objects.equals(opened, key(file));
            return locked ? new WorkspaceLock(file, claim, channel, opened) : null;
        } catch (OverlappingFileLockException e) {
            return null;
        } finally {
            if (!locked) {
                channel.close();
            }
        }
    }

    /**
     * Whether the lock still protects the workspace: it does not once somebody deleted the lock file.
     *
     * @return false if another process could take the workspace now
     */
    public boolean isIntact() {
        try {
            return channel.isOpen() && Objects.equals(fileKey, key(file));
        } catch (IOException e) {
            return false;
        }
    }

    /** Gives the workspace back. Does nothing if that was done before. */
    @Override
    public synchronized void close() {
        if (!channel.isOpen()) {
            return;
        }
        try {
            if (isIntact()) {
                Files.deleteIfExists(file.resolveSibling(HOLDER_FILE));
            }
        } catch (IOException e) {
            throw new WorkspaceException(
                    Problem.IO, "The file beside " + file + " that names its holder cannot be deleted (" + e + ").", e);
        } finally {
            giveBack();
        }
    }

    private void giveBack() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new WorkspaceException(Problem.IO, "The lock file " + file + " cannot be closed (" + e + ").", e);
        } finally {
            claim.release();
        }
    }

    private static Busy busy(Path file) {
        Optional<LockHolder> holder = readHolder(file.resolveSibling(HOLDER_FILE));
        String who = holder.map(h -> "run " + h.run() + " (process " + h.pid() + ", since " + h.since() + ")")
                .orElse("another run");
        return new Busy(
                holder,
                "The workspace of " + file + " is in use by " + who
                        + ". One run at a time may use a workspace: wait for it, cancel it, or use another working tree.");
    }

    private static String format(LockHolder holder) {
        return holder.run() + "\n" + holder.pid() + "\n" + holder.since() + "\n";
    }

    private static Optional<LockHolder> readHolder(Path file) {
        try {
            byte[] content = ShortFiles.read(file, MAX_HOLDER_BYTES);
            List<String> lines =
                    new String(content, StandardCharsets.UTF_8).lines().toList();
            return lines.size() == 3
                    ? Optional.of(new LockHolder(
                            RunId.parse(lines.get(0)), Long.parseLong(lines.get(1)), Instant.parse(lines.get(2))))
                    : Optional.empty();
        } catch (IOException | DateTimeException | IllegalArgumentException | InvalidValueException e) {
            return Optional.empty();
        }
    }

    /** What tells this file from another of the same name; equal to nothing if there is none. */
    private static @Nullable Object key(Path file) throws IOException {
        try {
            return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
        } catch (NoSuchFileException e) {
            return new Object();
        }
    }

    /**
     * A claim within this JVM. It lives in the system properties because these are the only map that all class loaders
     * of a JVM share: two copies of this class must exclude each other too.
     */
    private record Claim(String property, String token) {

        static Claim of(Path directory) {
            try {
                return new Claim(
                        "dev.ralph.workspace.lock:" + directory.toRealPath(),
                        UUID.randomUUID().toString());
            } catch (IOException e) {
                throw new WorkspaceException(
                        Problem.IO, "The directory " + directory + " cannot be read (" + e + ").", e);
            }
        }

        boolean take() {
            return System.getProperties().putIfAbsent(property, token) == null;
        }

        void release() {
            System.getProperties().remove(property, token);
        }
    }
}
