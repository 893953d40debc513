/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.workspace;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Files behind a filter program (Git LFS, git-crypt) as the current commit has them. A checkpoint that lacked them would
 * delete them in a copy that is made from it.
 *
 * @param entries {@code <mode> <id>} by path, of those that the commit has
 * @param same those whose bytes on disk are the ones that are committed: pointers that nobody replaced
 */
record CommittedFilters(Map<GitPath, String> entries, Set<GitPath> same) {

    /** Looks them up. */
    static CommittedFilters of(
            Repository repository, String commit, Collection<GitPath> regular, Collection<GitPath> all)
            throws InterruptedException {
        Map<GitPath, String> entries = new TreeMap<>();
        if (all.isEmpty() || commit.isEmpty()) {
            return new CommittedFilters(entries, Set.of());
        }
        // "<mode> blob <id>\t<path>"
        for (String line : repository
                .gitInScope(List.of("ls-tree", "-r", "--full-tree", commit))
                .complete()) {
            int tab = line.indexOf('\t');
            GitPath path = GitPath.parse(line.substring(tab + 1));
            if (all.contains(path)) {
                String[] parts = line.substring(0, tab).split(" ", 3);
                entries.put(path, parts[0] + " " + parts[2]);
            }
        }
        return new CommittedFilters(entries, same(repository, entries, regular));
    }

    private static Set<GitPath> same(Repository repository, Map<GitPath, String> entries, Collection<GitPath> regular)
            throws InterruptedException {
        List<GitPath> asked = new ArrayList<>(entries.keySet());
        asked.retainAll(new HashSet<>(regular));
        if (asked.isEmpty()) {
            return Set.of();
        }
        String input = asked.stream().map(path -> path.quoted() + "\n").collect(Collectors.joining());
        List<String> ids = repository
                .git(List.of("hash-object", "--no-filters", "--stdin-paths"), input)
                .complete();
        Map<GitPath, String> onDisk = new HashMap<>();
        for (int i = 0; i < asked.size(); i++) {
            onDisk.put(asked.get(i), ids.get(i));
        }
        return asked.stream()
                .filter(path -> entries.getOrDefault(path, "").endsWith(" " + onDisk.get(path)))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Input for {@code update-index --index-info} that puts these into the index as they are committed. */
    String indexInfo(Collection<GitPath> paths) {
        return paths.stream()
                .map(path -> entries.get(path) + "\t" + path.quoted() + "\n")
                .collect(Collectors.joining());
    }
}
