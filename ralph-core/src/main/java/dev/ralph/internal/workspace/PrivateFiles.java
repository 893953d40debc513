/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.workspace;

import dev.ralph.WorkspaceException;
import dev.ralph.WorkspaceException.Problem;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Files and directories that only Ralph uses. */
final class PrivateFiles {

    private PrivateFiles() {}

    /** Makes a directory, and its parents, that only this user can enter. */
    static Path makeDirectory(Path directory) {
        try {
            if (!Files.isDirectory(directory)) {
                Files.createDirectories(directory);
                restrict(directory, "rwx------");
            }
            return directory;
        } catch (IOException e) {
            throw new WorkspaceException(
                    Problem.NOT_WRITABLE,
                    "The directory " + directory + " cannot be made (" + e + "). Give this user write permission.",
                    e);
        }
    }

    /** Keeps a directory out of {@code git status} and {@code git add}. */
    static void ignoreByGit(Path directory) {
        Path ignore = directory.resolve(".gitignore");
        if (!Files.exists(ignore)) {
            write(ignore, "*\n");
        }
    }

    /** Writes a file so that readers see the old content or the new, never a part. */
    static void write(Path file, String content) {
        Path next = file.resolveSibling(file.getFileName() + "." + UUID.randomUUID() + ".tmp");
        try {
            ShortFiles.write(next, content);
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new WorkspaceException(
                    Problem.IO, "The file " + file + " cannot be written (" + e + "). Check permissions and space.", e);
        }
    }

    /**
     * Deletes a directory and all in it, whatever their modes; what cannot be deleted stays, and all else goes.
     *
     * @throws WorkspaceException if something stays
     */
    static void deleteTree(Path directory) {
        Deletion deletion = new Deletion();
        try {
            Files.walkFileTree(directory, deletion);
        } catch (IOException e) {
            deletion.note(e);
        }
        if (deletion.failure != null) {
            throw new WorkspaceException(
                    Problem.IO,
                    "The directory " + directory + " cannot be deleted (" + deletion.failure + "). Delete it.",
                    deletion.failure);
        }
    }

    /** Tools leave directories without write permission (module caches), which keep what is in them from being deleted. */
    private static final class Deletion extends SimpleFileVisitor<Path> {

        private final Set<Path> opened = new HashSet<>();
        private @Nullable IOException failure;

        private void note(IOException e) {
            if (failure == null && !(e instanceof NoSuchFileException)) {
                failure = e;
            }
        }

        @Override
        public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
            open(directory);
            return FileVisitResult.CONTINUE;
        }

        /** A directory that cannot be listed comes here first, before it could be opened. */
        @Override
        public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
            if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS) && open(file)) {
                Files.walkFileTree(file, this);
            } else {
                note(e);
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            delete(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException e) {
            delete(directory);
            return FileVisitResult.CONTINUE;
        }

        private void delete(Path file) {
            try {
                Files.deleteIfExists(file);
            } catch (IOException e) {
                note(e);
            }
        }

        /** Whether it was worth a try: once for each directory. */
        private boolean open(Path directory) {
            if (!opened.add(directory)) {
                return false;
            }
            try {
                restrict(directory, "rwx------");
            } catch (IOException e) {
                note(e);
            }
            return true;
        }
    }

    private static void restrict(Path directory, String permissions) throws IOException {
        if (directory.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString(permissions));
        }
    }
}
