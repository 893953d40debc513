/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.workspace;

import dev.ralph.InvalidValueException;
import dev.ralph.RunId;
import dev.ralph.WorkspaceException;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Clones of runs that went on elsewhere, or ended there: nobody comes back to delete them. */
final class AbandonedClones {

    private static final Logger LOG = LoggerFactory.getLogger(AbandonedClones.class);
    private static final Duration KEPT = Duration.ofDays(30);

    private AbandonedClones() {}

    /** Deletes those that no run used for 30 days; what cannot be deleted stays. */
    static void delete(Path folder, Instant now) {
        try (DirectoryStream<Path> homes = Files.newDirectoryStream(folder, Files::isDirectory)) {
            for (Path home : homes) {
                Optional<RunId> run = run(home);
                if (run.isPresent() && lastUse(home).plus(KEPT).isBefore(now)) {
                    delete(home, run.get(), now);
                }
            }
        } catch (IOException | DirectoryIteratorException | WorkspaceException e) {
            LOG.warn("Old clones in {} cannot be deleted: {}", folder, e.getMessage());
        }
    }

    private static void delete(Path home, RunId run, Instant now) {
        if (WorkspaceLock.tryAcquire(home, LockHolder.thisProcess(run, now))
                instanceof WorkspaceLock.Acquired acquired) {
            try {
                LOG.info("Run {}: its clone {} was not used for {} days and is deleted", run, home, KEPT.toDays());
                CloneMarker.delete(home.resolve(RunClone.MARKER));
                PrivateFiles.deleteTree(home);
            } finally {
                acquired.lock().close();
            }
        }
    }

    private static Instant lastUse(Path home) throws IOException {
        Path marker = home.resolve(RunClone.MARKER);
        return Files.getLastModifiedTime(Files.exists(marker) ? marker : home).toInstant();
    }

    private static Optional<RunId> run(Path home) {
        try {
            return Optional.of(RunId.parse(home.getFileName().toString()));
        } catch (IllegalArgumentException | InvalidValueException e) {
            return Optional.empty();
        }
    }
}
