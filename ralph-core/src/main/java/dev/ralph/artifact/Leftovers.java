/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.artifact;

import dev.ralph.log.LogText;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What writers that died left behind. A lock on each file, which the operating system releases when the process dies,
 * tells theirs from those that are being written. Thread-safe.
 */
final class Leftovers {

    private static final Logger LOG = LoggerFactory.getLogger(Leftovers.class);

    /** A file that was just made is not locked yet. */
    private static final Duration BEING_MADE = Duration.ofMinutes(1);

    /** Where the file system has no locks. */
    private static final Duration SURELY_LEFT = Duration.ofDays(7);

    private final Path folder;

    Leftovers(Path folder) {
        this.folder = folder;
    }

    /** A name for an unfinished file that says which process writes it. */
    static Path newFile(Path folder) {
        return folder.resolve(ownPrefix() + UUID.randomUUID() + ".part");
    }

    /** From now on, other processes leave the file alone. */
    static void claim(FileChannel unfinished) {
        try {
            if (unfinished.tryLock() == null) {
                LOG.debug("Another process takes an artifact for a leftover; it will not be kept");
            }
        } catch (IOException e) {
            LOG.debug("No lock on an artifact that is being written: {}", LogText.line(e));
        }
    }

    /** Removes them; what cannot be removed stays for the next time. */
    void remove() {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                // Opening and closing a file that this process has locked would release the lock.
                if (!file.getFileName().toString().startsWith(ownPrefix())) {
                    removeIfLeft(file);
                }
            }
        } catch (IOException e) {
            LOG.warn("What is left in {} cannot be looked through: {}", LogText.line(folder), LogText.line(e));
        }
    }

    private static void removeIfLeft(Path file) {
        try {
            Duration age = Duration.between(
                    Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS).toInstant(), Instant.now());
            if (age.compareTo(SURELY_LEFT) > 0 || (age.compareTo(BEING_MADE) > 0 && isUnlocked(file))) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            LOG.debug("Left {} alone: {}", LogText.line(file), LogText.line(e));
        }
    }

    private static boolean isUnlocked(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
                FileLock lock = channel.tryLock()) {
            return lock != null;
        }
    }

    private static String ownPrefix() {
        ProcessHandle self = ProcessHandle.current();
        long started = self.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
        return self.pid() + "-" + started + "-";
    }
}
