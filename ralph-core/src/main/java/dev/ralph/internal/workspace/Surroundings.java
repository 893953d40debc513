/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.workspace;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The working tree around a workspace that is a sub-directory of it; no checkpoint holds what changed there. */
final class Surroundings {

    private static final String INDEX = "surroundings";

    private final Repository repository;
    private final SnapshotArea area;

    Surroundings(Repository repository, SnapshotArea area) {
        this.repository = repository;
        this.area = area;
    }

    /** Files outside of the workspace that are not as the current commit has them, and that no rule ignores. */
    List<String> changed(Repository.Head head) throws InterruptedException {
        String prefix = repository.prefix().bytes();
        if (prefix.isEmpty()) {
            return List.of();
        }
        if (!head.commit().isEmpty()) {
            git(List.of("read-tree", head.commit())).requireSuccess();
            // It says by its exit code that something differs, and after it only what differs is listed.
            git(List.of("update-index", "-q", "--refresh"));
        }
        return Stream.concat(
                        git(List.of("diff-files", "--name-only")).complete().stream(),
                        git(SnapshotListing.UNTRACKED).complete().stream())
                .map(GitPath::parse)
                .filter(path -> !path.bytes().startsWith(prefix + "/"))
                .map(path -> path + " (outside of the workspace)")
                .toList();
    }

    private GitOutput git(List<String> arguments) throws InterruptedException {
        return area.gitOn(INDEX, arguments, "", Map.of());
    }
}
