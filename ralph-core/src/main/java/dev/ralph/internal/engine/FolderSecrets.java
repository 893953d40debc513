/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.engine;

import dev.ralph.ConfigurationException;
import dev.ralph.spi.Secret;
import dev.ralph.spi.SecretSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/** Secrets from a folder with one file each, as Kubernetes mounts them. Read anew each time, so rotation takes effect. */
final class FolderSecrets implements SecretSource {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");

    private final Path folder;

    FolderSecrets(Path folder) {
        this.folder = folder;
    }

    @Override
    public Optional<Secret> find(String name) {
        Path file = folder.resolve(name);
        if (!NAME.matcher(name).matches() || !Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try {
            String value = Files.readString(file).strip();
            return value.isEmpty() ? Optional.empty() : Optional.of(new Secret(name, value));
        } catch (IOException e) {
            throw new ConfigurationException(
                    "secret '" + name + "' cannot be read from " + file + " (" + e
                            + "); check its permissions and that it is UTF-8",
                    e);
        }
    }
}
