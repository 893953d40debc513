/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.workspace;

import dev.ralph.WorkspaceException;
import dev.ralph.WorkspaceException.Problem;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Files that the private index does not have and no rule ignores, those of repositories inside the workspace too.
 *
 * <p>Git lists such a repository as one entry, unless its index already has a file there. So an anchor, the name of a file
 * that does not exist, is put into the index for each, and the list is made again.
 *
 * @param paths the files
 * @param anchors what has to leave the index again
 */
record UntrackedFiles(Collection<GitPath> paths, Collection<GitPath> anchors) {

    private static final int MAX_NESTED = 32;
    private static final String ANCHOR = ".ralph-anchor";

    /**
     * Completes a list of untracked files.
     *
     * @param listed what git listed
     * @param gone what left the index since; git does not list what is behind a path that its index has
     */
    static UntrackedFiles complete(
            Collection<GitPath> listed, Collection<GitPath> gone, SnapshotArea area, Repository repository)
            throws InterruptedException {
        List<GitPath> anchors = new ArrayList<>();
        Collection<GitPath> found = gone.isEmpty() ? listed : list(area);
        for (int depth = 0; depth <= MAX_NESTED; depth++) {
            List<GitPath> nested = found.stream().filter(GitPath::isDirectory).toList();
            if (nested.isEmpty()) {
                return new UntrackedFiles(found, anchors);
            }
            List<GitPath> more =
                    nested.stream().map(directory -> directory.child(ANCHOR)).toList();
            String anyObject = "1".repeat(repository.absent().length());
            String input = more.stream()
                    .map(anchor -> "100644 " + anyObject + " 0\t" + anchor.quoted() + "\n")
                    .collect(Collectors.joining());
            area.git(List.of("update-index", "--add", "--replace", "--index-info"), input)
                    .requireSuccess();
            anchors.addAll(more);
            found = list(area);
        }
        throw new WorkspaceException(
                Problem.TOO_MANY_FILES,
                "The workspace " + repository.workspace() + " has repositories inside repositories, more than "
                        + MAX_NESTED + " deep. Add the outermost to .gitignore.");
    }

    private static Collection<GitPath> list(SnapshotArea area) throws InterruptedException {
        return SnapshotListing.paths(area.gitInScope(SnapshotListing.UNTRACKED));
    }
}
