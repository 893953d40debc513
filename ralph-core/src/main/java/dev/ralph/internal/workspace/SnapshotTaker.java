/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.workspace;

import dev.ralph.internal.workspace.WorkspaceException.Problem;
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
    private static final int MAX_NESTED = 32;
    private static final String ANCHOR = ".ralph-anchor";
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
        remove(
                area,
                hidden.stream()
                        .filter(path -> !tracked.welcome().contains(path))
                        .toList());
        plan.addUntracked(untracked(area, repository));
        plan.addChanged(paths(area.gitInScope(List.of("diff-files", "--name-only"))));
        if (plan.changesAttributes()) {
            plan.addStored(paths(area.gitInScope(List.of("ls-files"))));
        }
        plan.decide();
        remove(area, plan.removals());
        List<LeftOut> leftOut = new ArrayList<>(plan.leftOut());
        leftOut.addAll(plan.leaveOut(store(area, plan.additions()), LeftOut.Reason.UNSTORABLE_NAME));
        String tree = area.git(List.of("write-tree")).single();
        return new Snapshot(tree, head, leftOut);
    }

    /**
     * Lists untracked files, those of repositories inside the workspace too. Git lists such a repository as one entry
     * unless its index already has a file there, hence the anchors; they do not exist as files and so leave the index as
     * deleted files.
     */
    private static Collection<GitPath> untracked(SnapshotArea area, Repository repository) throws InterruptedException {
        for (int depth = 0; depth <= MAX_NESTED; depth++) {
            Collection<GitPath> found = paths(area.gitInScope(List.of("ls-files", "--others", "--exclude-standard")));
            List<GitPath> nested = found.stream().filter(GitPath::isDirectory).toList();
            if (nested.isEmpty()) {
                return found;
            }
            String anyObject = "1".repeat(repository.absent().length());
            String anchors = nested.stream()
                    .map(directory -> "100644 " + anyObject + " 0\t"
                            + directory.child(ANCHOR).quoted() + "\n")
                    .collect(Collectors.joining());
            area.git(List.of("update-index", "--add", "--index-info"), anchors).requireSuccess();
        }
        throw new WorkspaceException(
                Problem.TOO_MANY_FILES,
                "The workspace " + repository.workspace() + " has repositories inside repositories, more than "
                        + MAX_NESTED + " deep. Add the outermost to .gitignore.");
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
