/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.workspace;

import dev.ralph.WorkspaceException;
import dev.ralph.WorkspaceException.Problem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where the repository of a directory is, found without running git.
 *
 * @param top the top of the working tree
 * @param gitDir the git directory of this working tree
 * @param commonDir the git directory shared by all working trees of the repository
 */
record GitDirectory(Path top, Path gitDir, Path commonDir) {

    private static final int MAX_POINTER_BYTES = 64 << 10;

    /**
     * Looks from a directory upwards.
     *
     * @param directory a real path
     * @return the nearest repository, or null if the directory is in none
     * @throws WorkspaceException if the directory is a part of a git directory or of a bare repository
     */
    static @Nullable GitDirectory find(Path directory) {
        for (Path at = directory; at != null; at = at.getParent()) {
            Path dotGit = at.resolve(".git");
            if (Files.exists(dotGit, LinkOption.NOFOLLOW_LINKS)) {
                return behind(at, dotGit);
            }
            if (looksLikeGitDirectory(at)) {
                throw isBare(at)
                        ? new WorkspaceException(
                                Problem.BARE_REPOSITORY,
                                "The workspace " + directory + " is in the bare repository " + at
                                        + ", which has no working tree. Make one with 'git worktree add' or"
                                        + " 'git clone' and use that.")
                        : new WorkspaceException(
                                Problem.INSIDE_GIT_DIRECTORY,
                                "The workspace " + directory + " is inside the git directory " + at
                                        + ". Use the directory that holds the project's files.");
            }
        }
        return null;
    }

    private static GitDirectory behind(Path top, Path dotGit) {
        try {
            Path gitDir = Files.isRegularFile(dotGit) ? pointedTo(dotGit, "gitdir: ") : dotGit.toRealPath();
            Path pointer = gitDir.resolve("commondir");
            Path commonDir = Files.isRegularFile(pointer) ? pointedTo(pointer, "") : gitDir;
            return new GitDirectory(top, gitDir, commonDir);
        } catch (IOException e) {
            throw new WorkspaceException(
                    Problem.DAMAGED_REPOSITORY,
                    "The repository at " + dotGit + " cannot be read (" + e.getMessage()
                            + "). Repair it, or remove it if the project is not under git.",
                    e);
        }
    }

    private static Path pointedTo(Path file, String prefix) throws IOException {
        String text = firstLine(file);
        if (!text.startsWith(prefix)) {
            throw new IOException("no '" + prefix.strip() + "' in " + file);
        }
        return new GitPath(text.substring(prefix.length()))
                .under(file.resolveSibling("."))
                .toRealPath();
    }

    private static String firstLine(Path file) throws IOException {
        String text = new String(ShortFiles.read(file, MAX_POINTER_BYTES), StandardCharsets.ISO_8859_1);
        int end = text.indexOf('\n');
        return (end < 0 ? text : text.substring(0, end)).stripTrailing();
    }

    private static boolean looksLikeGitDirectory(Path directory) {
        return Files.isRegularFile(directory.resolve("HEAD"))
                && Files.isDirectory(directory.resolve("objects"))
                && Files.isDirectory(directory.resolve("refs"));
    }

    private static boolean isBare(Path gitDirectory) {
        for (Path name : gitDirectory) {
            if (name.toString().equals(".git")) {
                return false;
            }
        }
        return !Files.exists(gitDirectory.resolve("index"));
    }
}
