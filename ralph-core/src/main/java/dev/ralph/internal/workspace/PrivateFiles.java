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
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
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

    /** Deletes a directory and all in it; what cannot be deleted stays. */
    static void deleteTree(Path directory) {
        try {
            Files.walkFileTree(directory, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.deleteIfExists(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failure)
                        throws IOException {
                    Files.deleteIfExists(visited);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (NoSuchFileException e) {
            return;
        } catch (IOException e) {
            throw new WorkspaceException(
                    Problem.IO, "The directory " + directory + " cannot be deleted (" + e + "). Delete it.", e);
        }
    }

    private static void restrict(Path directory, String permissions) throws IOException {
        if (directory.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString(permissions));
        }
    }
}
