/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.process;

import dev.ralph.log.LogText;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The private folder of one launcher: the supervisor program and one folder per running process. A lock, which the
 * operating system releases when the JVM dies, tells folders in use from those of dead JVMs; the latter are removed.
 */
final class LauncherDirectory implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LauncherDirectory.class);
    private static final String PREFIX = "ralph-processes-";
    private static final String UNREADY_PREFIX = "ralph-unready-";
    private static final String LOCK = "lock";
    private static final Duration WITHOUT_LOCK = Duration.ofHours(1);
    private static final String SCRIPT = "supervisor.sh";
    private static final String FILES = "files";

    private final Path root;
    private final FileChannel lock;

    private LauncherDirectory(Path root, FileChannel lock) {
        this.root = root;
        this.lock = lock;
    }

    static LauncherDirectory create(Path parent) {
        try {
            // Readable by this user only: that is what createTempDirectory promises where there are such permissions.
            Path unready = Files.createTempDirectory(parent, UNREADY_PREFIX);
            FileChannel lock =
                    FileChannel.open(unready.resolve(LOCK), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            Objects.requireNonNull(lock.tryLock(), "nobody else can have locked a new file");
            try (InputStream script = Objects.requireNonNull(
                    LauncherDirectory.class.getResourceAsStream(SCRIPT), "supervisor.sh is missing in the jar")) {
                Files.copy(script, unready.resolve(SCRIPT));
            }
            Files.createDirectory(unready.resolve(FILES));
            // Only now does it get a name that others look for: before it is locked, they would take it for a dead one.
            Path root = Files.move(
                    unready,
                    parent.resolve(
                            ownPrefix() + unready.getFileName().toString().substring(UNREADY_PREFIX.length())),
                    StandardCopyOption.ATOMIC_MOVE);
            removeStale(parent, root);
            return new LauncherDirectory(root, lock);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "Cannot make a private folder in " + parent + "; name a writable one to the launcher's builder", e);
        }
    }

    Path root() {
        return root;
    }

    /** A folder for files that callers make for their processes. */
    Path files() {
        return root.resolve(FILES);
    }

    Path script() {
        return root.resolve(SCRIPT);
    }

    @Override
    public void close() {
        try {
            delete(root);
            lock.close();
        } catch (IOException e) {
            LOG.warn("Could not remove the private folder {}: {}", LogText.line(root), LogText.line(e));
        }
    }

    private static String ownPrefix() {
        return PREFIX + ProcessHandle.current().pid() + "-";
    }

    private static void removeStale(Path parent, Path own) throws IOException {
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(parent, PREFIX + "*")) {
            for (Path folder : folders) {
                // Opening and closing a lock file of this JVM would release the lock that another launcher holds.
                boolean ours = folder.getFileName().toString().startsWith(ownPrefix());
                if (!ours && Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS) && sameOwner(folder, own)) {
                    removeIfStale(folder);
                }
            }
        }
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(parent, UNREADY_PREFIX + "*")) {
            for (Path folder : folders) {
                if (Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS) && sameOwner(folder, own)) {
                    removeIfOld(folder);
                }
            }
        }
    }

    private static boolean sameOwner(Path folder, Path own) {
        try {
            return Files.getOwner(folder, LinkOption.NOFOLLOW_LINKS).equals(Files.getOwner(own));
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }

    private static void removeIfStale(Path folder) {
        try (FileChannel channel =
                        FileChannel.open(folder.resolve(LOCK), StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
                FileLock stale = channel.tryLock()) {
            if (stale != null) {
                delete(folder);
            }
        } catch (NoSuchFileException e) {
            removeIfOld(folder);
        } catch (IOException e) {
            LOG.debug("Left {} alone: {}", LogText.line(folder), LogText.line(e));
        }
    }

    /** Its JVM is about to make the lock, or died before it could. */
    private static void removeIfOld(Path folder) {
        try {
            Instant changed = Files.getLastModifiedTime(folder).toInstant();
            if (changed.isBefore(Instant.now().minus(WITHOUT_LOCK))) {
                delete(folder);
            }
        } catch (IOException e) {
            LOG.debug("Left {} alone: {}", LogText.line(folder), LogText.line(e));
        }
    }

    private static void delete(Path folder) throws IOException {
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            /** Another JVM may be removing it too. */
            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
                if (failure instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw failure;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure)
                    throws IOException {
                Files.deleteIfExists(directory);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
