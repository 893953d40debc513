/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.workspace;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What Ralph takes over from the configuration of a repository: how its file system behaves, and nothing else. Values
 * that are not as expected are dropped, since an agent may have written them.
 */
final class RepositorySettings {

    static final String SHARED = "core.sharedrepository";
    static final String EXCLUDES = "core.excludesfile";

    private static final Set<String> FLAGS =
            Set.of("core.filemode", "core.symlinks", "core.ignorecase", "core.precomposeunicode");

    static final String WANTED =
            "^core\\.(filemode|symlinks|ignorecase|precomposeunicode|sharedrepository|excludesfile)$";

    private RepositorySettings() {}

    /** Reads the lines of {@code git config --get-regexp}. Later values win. */
    static Map<String, String> read(List<String> lines) {
        Map<String, String> settings = new TreeMap<>();
        for (String line : lines) {
            int space = line.indexOf(' ');
            String key = space < 0 ? line : line.substring(0, space);
            String value = space < 0 ? "true" : line.substring(space + 1);
            if (isSound(key, value)) {
                settings.put(key, value);
            }
        }
        return Map.copyOf(settings);
    }

    private static boolean isSound(String key, String value) {
        if (FLAGS.contains(key)) {
            return value.equals("true") || value.equals("false");
        }
        return switch (key) {
            case SHARED -> value.matches("true|false|group|all|world|everybody|umask|0?[0-7]{3}");
            case EXCLUDES -> !value.isEmpty() && value.chars().noneMatch(c -> c < 0x20);
            default -> false;
        };
    }
}
