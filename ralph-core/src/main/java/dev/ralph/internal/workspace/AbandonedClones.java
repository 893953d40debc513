/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.workspace;

import dev.ralph.InvalidValueException;
import dev.ralph.RunId;
import dev.ralph.WorkspaceException;
import dev.ralph.log.LogText;
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
    private static final Duration UNPUBLISHED = Duration.ofDays(30);

    private AbandonedClones() {}

    /**
     * Deletes those that no run used for so long, or for 30 days if an iteration of theirs could not be published; never those
     * that are kept because their edits are nowhere else. What cannot be deleted stays.
     */
    static void delete(Path folder, Instant now, Duration unusedFor) {
        try (DirectoryStream<Path> homes = Files.newDirectoryStream(folder, Files::isDirectory)) {
            for (Path home : homes) {
                Optional<RunId> run = run(home);
                Duration unused = Duration.between(lastUse(home), now);
                if (run.isPresent() && isAbandoned(home, unused, unusedFor)) {
                    delete(home, run.get(), now, unused);
                }
            }
        } catch (IOException | DirectoryIteratorException | WorkspaceException e) {
            LOG.warn("Old clones in {} cannot be deleted: {}", LogText.line(folder), LogText.line(e.getMessage()));
        }
    }

    private static boolean isAbandoned(Path home, Duration unused, Duration unusedFor) {
        CloneMarker.Content content = CloneMarker.read(home.resolve(CloneFolder.MARKER))
                .map(CloneMarker::content)
                .orElse(CloneMarker.Content.PUBLISHED);
        return switch (content) {
            case PUBLISHED -> unused.compareTo(unusedFor) > 0;
            case UNPUBLISHED -> unused.compareTo(unusedFor) > 0 && unused.compareTo(UNPUBLISHED) > 0;
            case KEPT -> false;
        };
    }

    private static void delete(Path home, RunId run, Instant now, Duration unused) {
        if (WorkspaceLock.tryAcquire(home, LockHolder.thisProcess(run, now))
                instanceof WorkspaceLock.Acquired acquired) {
            // One that cannot be deleted is no reason to leave the others.
            try {
                LOG.info(
                        "Run {}: its clone {} was not used for {} days and is deleted",
                        run,
                        LogText.line(home),
                        unused.toDays());
                CloneMarker.delete(home.resolve(CloneFolder.MARKER));
                PrivateFiles.deleteTree(home);
            } catch (WorkspaceException e) {
                LOG.warn("Run {}: {}", run, LogText.line(e.getMessage()));
            } finally {
                acquired.lock().close();
            }
        }
    }

    private static Instant lastUse(Path home) throws IOException {
        Path marker = home.resolve(CloneFolder.MARKER);
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
