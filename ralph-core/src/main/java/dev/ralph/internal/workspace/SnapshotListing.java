/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.workspace;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What a snapshot is made from, as git lists it in one go.
 *
 * @param head where the user's branch stands
 * @param tracked files of the user's index that a rule or their name would keep out, with the index's tags
 * @param filters the names of the filters that are configured
 * @param hidden files of the private index that a rule or their name would keep out
 * @param changed files of the private index that are not as they were stored
 * @param untracked files that the private index does not have and no rule ignores; repositories end with a slash
 * @param tree the tree of the private index as it is
 */
record SnapshotListing(
        Repository.Head head,
        List<String> tracked,
        Set<String> filters,
        Collection<GitPath> hidden,
        Collection<GitPath> changed,
        Collection<GitPath> untracked,
        GitOutput tree) {

    /** Lists files that are in no index and that no rule ignores. */
    static final List<String> UNTRACKED = List.of("ls-files", "--others", "--exclude-standard");

    private static final List<String> HIDDEN = List.of("ls-files", "--cached", "--ignored", "--exclude-standard");
    private static final List<String> CHANGED = List.of("diff-files", "--name-only");
    private static final List<String> FILTERS =
            List.of("config", "--name-only", "--get-regexp", "^filter\\..*\\.(clean|process)$");

    static SnapshotListing read(Repository repository, SnapshotArea area, SecretNames secrets)
            throws InterruptedException {
        repository.requirePresent();
        List<String> hidden = new ArrayList<>(HIDDEN);
        hidden.addAll(secrets.gitArguments());
        List<String> tracked = new ArrayList<>(hidden);
        tracked.add("-v");
        List<GitOutput> outputs = repository
                .runner()
                .runAll(List.of(
                        repository.headCommand(),
                        repository.command(repository.scoped(tracked), ""),
                        repository.command(FILTERS, ""),
                        area.command(repository.scoped(hidden), ""),
                        area.command(repository.scoped(CHANGED), ""),
                        area.command(repository.scoped(UNTRACKED), ""),
                        area.command(List.of("write-tree"), "")));
        return new SnapshotListing(
                repository.head(outputs.get(0)),
                outputs.get(1).complete(),
                filters(outputs.get(2)),
                paths(outputs.get(3)),
                paths(outputs.get(4)),
                paths(outputs.get(5)),
                outputs.get(6));
    }

    static Collection<GitPath> paths(GitOutput output) {
        return output.complete().stream().map(GitPath::parse).collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> filters(GitOutput output) {
        // Exit code 1 means that none is configured.
        return output.lines().stream()
                .map(key -> key.substring("filter.".length(), key.lastIndexOf('.')))
                .collect(Collectors.toSet());
    }
}
