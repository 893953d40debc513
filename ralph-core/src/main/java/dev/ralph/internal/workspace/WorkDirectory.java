/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.workspace;

import dev.ralph.WorkspaceException;
import dev.ralph.WorkspaceException.Problem;
import dev.ralph.workspace.GitRemote;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** The directory within a clone that its agent works in: the top, or the one that the run names. */
record WorkDirectory(CloneFolder folder, GitRemote remote) {

    /** Where the agent works. */
    Path path() {
        return remote.directory() == null ? folder.tree() : folder.tree().resolve(remote.directory());
    }

    /**
     * Makes sure that the agent's directory is there, and in the clone: a link to elsewhere would have the agent work outside.
     *
     * @param make whether one that is not there is made: git has no empty directories, so that a checkpoint may lack it
     */
    void require(boolean make) {
        if (remote.directory() == null) {
            return;
        }
        try {
            Path top = folder.tree().toRealPath();
            Path real = top;
            for (Path name : Path.of(remote.directory())) {
                Path next = real.resolve(name);
                if (make && !Files.exists(next, LinkOption.NOFOLLOW_LINKS)) {
                    Files.createDirectory(next);
                }
                real = next.toRealPath();
                if (!Files.isDirectory(real)
                        || !real.startsWith(top)
                        || real.startsWith(top.resolve(CloneFolder.GIT))) {
                    throw unusable("is no directory in the clone, but " + real);
                }
            }
        } catch (NoSuchFileException e) {
            throw unusable("is not there");
        } catch (IOException e) {
            throw new WorkspaceException(Problem.IO, "The directory " + path() + " cannot be used (" + e + ").", e);
        }
    }

    private WorkspaceException unusable(String why) {
        return new WorkspaceException(
                Problem.UNKNOWN_REVISION,
                "The remote " + remote.remote() + " has no directory '" + remote.directory()
                        + "' to work in at the commit to go on from: it " + why + ". Name one that is there.");
    }
}
