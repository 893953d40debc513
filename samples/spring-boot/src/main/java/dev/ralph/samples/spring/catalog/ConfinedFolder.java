/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.spring.catalog;

import dev.ralph.ConfigurationException;
import java.io.IOException;
import java.nio.file.Path;

/**
 * A folder below the root of workspaces.
 *
 * @param name the name of the workspace
 * @param root the root
 * @param path the folder, as it is configured
 */
record ConfinedFolder(String name, Path root, Path path) {

    /** Takes a relative path from the root. */
    ConfinedFolder {
        path = root.resolve(path).toAbsolutePath().normalize();
    }

    /**
     * Where the folder really is. Links are looked for each time, since whoever works in a workspace may make some; the root
     * alone may be one.
     *
     * @throws ConfigurationException if it is not there, or really is somewhere else
     */
    Path resolve() {
        Path realRoot = real(root, "host.workspace-root");
        Path real = real(path, "host.workspaces." + name + ".path");
        if (!real.startsWith(realRoot) || real.equals(realRoot)) {
            throw new ConfigurationException("host.workspaces." + name + ".path '" + path + "' really is '" + real
                    + "', which is not below host.workspace-root '" + realRoot
                    + "'; move the folder there, or change the root");
        }
        Path above = root.toAbsolutePath().normalize();
        Path asked = path.startsWith(above) ? realRoot.resolve(above.relativize(path)) : path;
        if (!real.equals(asked)) {
            throw new ConfigurationException("host.workspaces." + name + ".path '" + path + "' leads over a link to '"
                    + real + "', which may be another workspace; name that folder itself");
        }
        return real;
    }

    private static Path real(Path path, String property) {
        try {
            return path.toRealPath();
        } catch (IOException e) {
            throw new ConfigurationException(
                    property + " '" + path + "' cannot be used (" + e.getClass().getSimpleName()
                            + "); make the folder, or name another one",
                    e);
        }
    }
}
