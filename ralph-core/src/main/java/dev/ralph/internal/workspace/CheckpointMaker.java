/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.workspace;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Makes commits from snapshots.
 *
 * <p>Parents are the run's last checkpoint, then the commit on which the user's branch stood. So the first parents are the
 * run's history, and commits that an agent made and then dropped stay reachable.
 */
final class CheckpointMaker {

    private static final String GRAFT_INDEX = "graft";

    private final Repository repository;
    private final CheckpointRefs refs;

    CheckpointMaker(Repository repository, CheckpointRefs refs) {
        this.repository = repository;
        this.refs = refs;
    }

    CheckpointResult make(SnapshotArea area, Snapshot snapshot, CheckpointRequest request) throws InterruptedException {
        List<Checkpoint> earlier = refs.of(request.run());
        String tree = wholeTree(area, snapshot);
        Repository.Head head = snapshot.head();
        Checkpoint last = earlier.isEmpty() ? null : earlier.get(earlier.size() - 1);
        if (last != null
                && last.tree().equals(tree)
                && last.head().equals(head.commit())
                && last.branch().equals(head.branch())) {
            return new CheckpointResult(last, true, snapshot.leftOut());
        }
        int order = last == null ? 1 : last.order() + 1;
        long seconds = repository.options().clock().instant().getEpochSecond();
        Set<String> parents = new LinkedHashSet<>();
        if (last != null) {
            parents.add(last.commit());
        }
        if (!head.commit().isEmpty()) {
            parents.add(head.commit());
        }
        String message = CheckpointMessage.write(request, order, head, repository.prefix());
        String commit = commit(area, tree, parents, message, seconds);
        String reference = refs.create(request, commit, earlier);
        Checkpoint made = CheckpointMessage.read(
                        commit, reference, tree, seconds, message.lines().toList())
                .orElseThrow();
        return new CheckpointResult(made, false, snapshot.leftOut());
    }

    private static String commit(SnapshotArea area, String tree, Set<String> parents, String message, long seconds)
            throws InterruptedException {
        List<String> arguments = new ArrayList<>(List.of("commit-tree", tree));
        for (String parent : parents) {
            arguments.add("-p");
            arguments.add(parent);
        }
        Map<String, String> who = new HashMap<>();
        for (String role : List.of("AUTHOR", "COMMITTER")) {
            who.put("GIT_" + role + "_NAME", "Ralph");
            who.put("GIT_" + role + "_EMAIL", "ralph@localhost");
            who.put("GIT_" + role + "_DATE", "@" + seconds + " +0000");
        }
        return area.gitOn("index", arguments, message, who).single();
    }

    /**
     * The tree of the whole repository. For a workspace in a sub-directory it is that of the branch with the workspace
     * replaced, so that a comparison with the branch shows what changed in the workspace and nothing else.
     */
    private String wholeTree(SnapshotArea area, Snapshot snapshot) throws InterruptedException {
        String head = snapshot.head().commit();
        if (repository.prefix().bytes().isEmpty() || head.isEmpty()) {
            return snapshot.tree();
        }
        List<String> remove = new ArrayList<>(List.of("rm", "-r", "-f", "--cached", "--quiet", "--ignore-unmatch"));
        remove.addAll(repository.scope());
        String workspace = area.git(List.of("ls-files", "--stage")).text();
        area.gitOn(GRAFT_INDEX, List.of("read-tree", head), "", Map.of()).requireSuccess();
        area.gitOn(GRAFT_INDEX, remove, "", Map.of()).requireSuccess();
        area.gitOn(GRAFT_INDEX, List.of("update-index", "--add", "--replace", "--index-info"), workspace, Map.of())
                .requireSuccess();
        // A partial clone lacks objects outside the workspace; they are not Ralph's to check or fetch.
        return area.gitOn(GRAFT_INDEX, List.of("write-tree", "--missing-ok"), "", Map.of())
                .single();
    }
}
