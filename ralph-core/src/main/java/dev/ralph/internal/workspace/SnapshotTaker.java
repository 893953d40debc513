/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.workspace;

import dev.ralph.WorkspaceException;
import dev.ralph.WorkspaceException.Problem;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Stores the content of a workspace as a tree. What is stored depends on the workspace alone, not on earlier snapshots, so
 * that equal content gives equal trees.
 */
final class SnapshotTaker {

    private static final int ATTEMPTS = 3;
    private static final String IGNORED_NAME = "Ignoring path ";

    private final Repository repository;
    private final SecretNames secrets;

    SnapshotTaker(Repository repository) {
        this.repository = repository;
        this.secrets = new SecretNames(repository.options().secretNames());
    }

    /**
     * Takes a snapshot; the area's index describes it afterwards.
     *
     * <p>Tries again when git fails: a file may have changed between listing and reading, and an index may name objects
     * that were pruned.
     */
    Snapshot take(SnapshotArea area) throws InterruptedException {
        area.takeIndex();
        for (int attempt = 1; ; attempt++) {
            try {
                return attempt(area);
            } catch (WorkspaceException e) {
                if (e.problem() != Problem.GIT_FAILED || attempt == ATTEMPTS) {
                    throw e;
                }
                area.dropIndex();
            }
        }
    }

    private Snapshot attempt(SnapshotArea area) throws InterruptedException {
        Repository.Head head = repository.head();
        TrackedFiles tracked = TrackedFiles.read(repository, secrets, head);
        SnapshotPlan plan = new SnapshotPlan(repository, secrets, tracked);
        Collection<GitPath> hidden = paths(area.gitInScope(tracked.listHidden()));
        Collection<GitPath> changed = paths(area.gitInScope(List.of("diff-files", "--name-only")));
        // Before listing untracked files, which leaves out what is behind a path that the index still has.
        remove(area, plan.gone(changed, hidden));
        UntrackedFiles untracked = UntrackedFiles.list(area, repository);
        plan.addUntracked(untracked.paths());
        if (plan.changesAttributes()) {
            plan.addStored(paths(area.gitInScope(List.of("ls-files"))));
        }
        plan.decide();
        remove(area, plan.removals());
        remove(area, untracked.anchors());
        List<LeftOut> leftOut = new ArrayList<>(plan.leftOut());
        leftOut.addAll(plan.leaveOut(store(area, plan.additions()), LeftOut.Reason.UNSTORABLE_NAME));
        String tree = area.git(List.of("write-tree")).single();
        return new Snapshot(tree, head, leftOut);
    }

    private static void remove(SnapshotArea area, Collection<GitPath> paths) throws InterruptedException {
        if (!paths.isEmpty()) {
            area.git(List.of("update-index", "--force-remove", "--stdin"), lines(paths))
                    .requireSuccess();
        }
    }

    /** Stores files and gives back those whose name git refuses. */
    private static Collection<GitPath> store(SnapshotArea area, Collection<GitPath> paths) throws InterruptedException {
        if (paths.isEmpty()) {
            return List.of();
        }
        GitOutput output = area.git(List.of("update-index", "--add", "--remove", "--replace", "--stdin"), lines(paths))
                .requireSuccess();
        return output.errors()
                .lines()
                .filter(line -> line.startsWith(IGNORED_NAME))
                .map(line -> GitPath.of(line.substring(IGNORED_NAME.length())))
                .toList();
    }

    private static String lines(Collection<GitPath> paths) {
        return paths.stream().map(path -> path.quoted() + "\n").collect(Collectors.joining());
    }

    static Collection<GitPath> paths(GitOutput output) {
        return output.complete().stream().map(GitPath::parse).collect(Collectors.toCollection(TreeSet::new));
    }
}
