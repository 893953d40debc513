/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.workspace;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Finds files that git stores through a filter program, as Git LFS and git-crypt have it. */
final class FilteredFiles {

    private static final String ANSWER = ": filter: ";
    private static final Set<String> NO_DRIVER = Set.of("unspecified", "unset", "set");

    private FilteredFiles() {}

    /** Those of the paths whose filter is configured; an unconfigured filter does nothing in git either. */
    static Set<GitPath> among(Repository repository, Collection<GitPath> paths) throws InterruptedException {
        if (paths.isEmpty()) {
            return Set.of();
        }
        String input = paths.stream().map(path -> path.quoted() + "\n").collect(Collectors.joining());
        Map<GitPath, String> drivers = new HashMap<>();
        for (String line : repository
                .git(List.of("check-attr", "--stdin", "filter"), input)
                .complete()) {
            int at = line.lastIndexOf(ANSWER);
            String driver = line.substring(at + ANSWER.length());
            if (!NO_DRIVER.contains(driver)) {
                drivers.put(GitPath.parse(line.substring(0, at)), driver);
            }
        }
        if (drivers.isEmpty()) {
            return Set.of();
        }
        Set<String> configured = configured(repository);
        drivers.values().retainAll(configured);
        return new HashSet<>(drivers.keySet());
    }

    private static Set<String> configured(Repository repository) throws InterruptedException {
        // Exit code 1 means that nothing is configured.
        return repository
                .git(List.of("config", "--name-only", "--get-regexp", "^filter\\..*\\.(clean|process)$"))
                .lines()
                .stream()
                .map(key -> key.substring("filter.".length(), key.lastIndexOf('.')))
                .collect(Collectors.toSet());
    }
}
