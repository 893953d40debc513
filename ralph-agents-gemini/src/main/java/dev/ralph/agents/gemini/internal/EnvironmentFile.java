/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.agents.gemini.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The file from which the client takes variables that it was not given: {@code .gemini/.env} in the workspace or in the
 * nearest folder above it (seen in the code of 0.61.0). No setting prevents that, and one variable is enough to send the
 * API key to another address.
 */
public final class EnvironmentFile {

    private EnvironmentFile() {}

    /** The file the client would read if it were started in this workspace. */
    public static Optional<Path> seenFrom(Path workspace) {
        for (Path folder = real(workspace); folder != null; folder = folder.getParent()) {
            Path file = folder.resolve(".gemini").resolve(".env");
            if (Files.exists(file)) {
                return Optional.of(file);
            }
        }
        return Optional.empty();
    }

    private static Path real(Path workspace) {
        try {
            return workspace.toRealPath();
        } catch (IOException e) {
            return workspace.toAbsolutePath().normalize();
        }
    }
}
