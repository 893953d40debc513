/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.workspace;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Finds files that git stores through a filter program, as Git LFS and git-crypt have it. */
final class FilteredFiles {

    private static final String ANSWER = ": filter: ";

    private FilteredFiles() {}

    /**
     * Finds them among paths.
     *
     * @param configured the filters that are configured; others do nothing in git either
     */
    static Set<GitPath> among(Repository repository, Set<String> configured, Collection<GitPath> paths)
            throws InterruptedException {
        if (configured.isEmpty() || paths.isEmpty()) {
            return Set.of();
        }
        String input = paths.stream().map(path -> path.quoted() + "\n").collect(Collectors.joining());
        Set<GitPath> filtered = new HashSet<>();
        for (String line : repository
                .git(List.of("check-attr", "--stdin", "filter"), input)
                .complete()) {
            int at = line.lastIndexOf(ANSWER);
            if (configured.contains(line.substring(at + ANSWER.length()))) {
                filtered.add(GitPath.parse(line.substring(0, at)));
            }
        }
        return filtered;
    }
}
