/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.custom;

import dev.ralph.ConfigurationException;
import dev.ralph.GateRef;
import dev.ralph.spi.GateProvider;
import java.util.List;
import java.util.Set;

/** Builds the gate {@code files} from its settings {@code exist} and {@code without}, which are lists of texts. */
public final class FilesGateProvider implements GateProvider {

    @Override
    public String type() {
        return "files";
    }

    /** Called when a run is submitted, too: what is wrong here never reaches a store. */
    @Override
    public FilesGate create(GateRef ref) {
        List<String> exist = texts(ref, "exist");
        if (exist.isEmpty()
                || !Set.of("exist", "without").containsAll(ref.settings().keySet())) {
            throw new ConfigurationException("gate 'files' needs 'exist' and knows 'without', not " + ref.settings());
        }
        return new FilesGate(ref, exist, texts(ref, "without"));
    }

    private static List<String> texts(GateRef ref, String setting) {
        Object value = ref.settings().getOrDefault(setting, List.of());
        if (value instanceof List<?> list && list.stream().allMatch(String.class::isInstance)) {
            return list.stream().map(String.class::cast).toList();
        }
        throw new ConfigurationException("setting '" + setting + "' of gate 'files' must be a list of texts: " + value);
    }
}
