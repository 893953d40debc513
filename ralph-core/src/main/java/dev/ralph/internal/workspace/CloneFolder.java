/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.workspace;

import dev.ralph.RunId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where a node has its clone of one run's remote: {@code tree}, where the agent works, and {@code marker}, which says that it is
 * whole.
 */
record CloneFolder(RunId run, Path path) {

    static final String MARKER = "marker";
    static final String GIT = ".git";

    private static final String TREE = "tree";
    private static final String OLD = "old";
    private static final String RUNS = "refs/ralph/";

    Path tree() {
        return path.resolve(TREE);
    }

    Path git() {
        return tree().resolve(GIT);
    }

    /** Where an old clone is put aside while a new one is made. */
    Path old() {
        return path.resolve(OLD);
    }

    Path oldGit() {
        return old().resolve(GIT);
    }

    /** What a whole clone says of itself. */
    Optional<CloneMarker> marker() {
        return CloneMarker.read(markerFile()).filter(marker -> marker.run().equals(run) && Files.isDirectory(git()));
    }

    void mark(CloneMarker marker) {
        marker.write(markerFile());
    }

    /** From now on it is not whole. */
    void unmark() {
        CloneMarker.delete(markerFile());
    }

    /** One of the run's references on the remote, or a pattern for them. */
    String reference(String name) {
        return RUNS + run + "/" + name;
    }

    private Path markerFile() {
        return path.resolve(MARKER);
    }
}
