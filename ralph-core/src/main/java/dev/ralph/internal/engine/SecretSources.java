/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.engine;

import dev.ralph.internal.worker.Redactor;
import dev.ralph.spi.Secret;
import dev.ralph.spi.SecretSource;
import java.util.List;
import java.util.Optional;

/** Asks sources in order; what is handed out is masked from then on wherever text leaves Ralph. */
final class SecretSources implements SecretSource {

    private final List<SecretSource> sources;
    private final Redactor redactor;

    SecretSources(List<SecretSource> sources, Redactor redactor) {
        this.sources = List.copyOf(sources);
        this.redactor = redactor;
    }

    @Override
    public Optional<Secret> find(String name) {
        Optional<Secret> found = sources.stream()
                .map(source -> source.find(name))
                .flatMap(Optional::stream)
                .findFirst();
        found.ifPresent(redactor::learn);
        return found;
    }
}
