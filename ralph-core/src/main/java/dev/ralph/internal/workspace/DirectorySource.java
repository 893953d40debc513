/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.workspace;

import dev.ralph.ConfigurationException;
import dev.ralph.RunId;
import dev.ralph.WorkspaceRef;
import dev.ralph.spi.PreparedWorkspace;
import dev.ralph.spi.WorkspaceRequest;
import dev.ralph.spi.WorkspaceSource;
import java.nio.file.Path;
import java.util.Optional;

/** Directories that have the same path on every node. */
public final class DirectorySource implements WorkspaceSource {

    @Override
    public Optional<Path> check(WorkspaceRef ref) {
        Path directory = directory(ref);
        WorkspaceOpener.requireDirectory(directory);
        return Optional.of(directory);
    }

    @Override
    public String key(RunId run, WorkspaceRef ref) {
        return directory(ref).toString();
    }

    @Override
    public PreparedWorkspace prepare(WorkspaceRequest request) {
        return new InPlace(directory(request.ref()));
    }

    private static Path directory(WorkspaceRef ref) {
        Path path = ref.path()
                .orElseThrow(() -> new ConfigurationException(
                        "the workspace " + ref.describe() + " names no directory; use WorkspaceRef.directory(path)"));
        if (!path.isAbsolute()) {
            throw new ConfigurationException(
                    "the workspace '" + path
                            + "' is a relative path, which every node would take from elsewhere; use WorkspaceRef.directory(path)");
        }
        return path.normalize();
    }

    private record InPlace(Path directory) implements PreparedWorkspace {
        @Override
        public void close() {}
    }
}
