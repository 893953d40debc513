/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.workspace;

import dev.ralph.RunId;
import dev.ralph.WorkspaceException;
import dev.ralph.WorkspaceException.Problem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The hidden references {@code refs/ralph/<run>/<lease>/<number>} that keep checkpoints. */
final class CheckpointRefs {

    private static final String ROOT = "refs/ralph/";
    private static final char RECORD = '\u0001';
    private static final String FORMAT = "%01%(objectname) %(refname) %(tree) %(committerdate:unix)%0a%(contents:body)";
    private static final Comparator<Checkpoint> ORDER = Comparator.comparingInt(Checkpoint::order)
            .thenComparing(Checkpoint::created)
            .thenComparing(Checkpoint::reference);

    private final Repository repository;

    CheckpointRefs(Repository repository) {
        this.repository = repository;
    }

    /** The checkpoints of a run under all its leases, oldest first. */
    List<Checkpoint> of(RunId run) throws InterruptedException {
        List<String> lines = repository
                .git(List.of("for-each-ref", "--format=" + FORMAT, ROOT + run + "/"))
                .complete();
        List<Checkpoint> found = new ArrayList<>();
        int at = 0;
        while (at < lines.size()) {
            int end = at + 1;
            while (end < lines.size()
                    && (lines.get(end).isEmpty() || lines.get(end).charAt(0) != RECORD)) {
                end++;
            }
            parse(lines.get(at), lines.subList(at + 1, end)).ifPresent(found::add);
            at = end;
        }
        found.sort(ORDER);
        return List.copyOf(found);
    }

    private static Optional<Checkpoint> parse(String header, List<String> body) {
        String[] parts = header.substring(1).split(" ", -1);
        // A reference to something else than a commit has no date; nothing of Ralph's is like that.
        return parts.length == 4 && !parts[3].isEmpty()
                ? CheckpointMessage.read(parts[0], parts[1], parts[2], Long.parseLong(parts[3]), body)
                : Optional.empty();
    }

    /**
     * Makes the reference of a checkpoint. One that exists is never changed: what an earlier try under the same number left
     * is evidence, and this checkpoint gets a name beside it.
     */
    String create(CheckpointRequest request, String commit, List<Checkpoint> earlier) throws InterruptedException {
        Set<String> taken = earlier.stream().map(Checkpoint::reference).collect(Collectors.toSet());
        String name = request.kind() == Checkpoint.Kind.SAFETY ? "safety" : String.valueOf(request.number());
        String plain = ROOT + request.run() + "/" + request.lease() + "/" + name;
        String reference = plain;
        for (int copy = 2; taken.contains(reference); copy++) {
            reference = plain + "-" + copy;
        }
        repository
                .git(List.of("update-ref", reference, commit, repository.absent()))
                .requireSuccess();
        return reference;
    }

    /** Deletes the references of a run, all or none. Their objects go with git's next collection of garbage. */
    int delete(RunId run) throws InterruptedException {
        List<String> references = repository
                .git(List.of("for-each-ref", "--format=%(refname) %(objectname)", ROOT + run + "/"))
                .complete();
        if (!references.isEmpty()) {
            StringBuilder input = new StringBuilder();
            references.forEach(
                    reference -> input.append("delete ").append(reference).append('\n'));
            repository.git(List.of("update-ref", "--stdin"), input.toString()).requireSuccess();
        }
        return references.size();
    }

    /** Reads the checkpoint that a commit is, also if no reference here keeps it. */
    Checkpoint read(String commit) throws InterruptedException {
        if (!commit.matches("[0-9a-f]{" + repository.absent().length() + "}")) {
            throw new WorkspaceException(
                    Problem.UNKNOWN_CHECKPOINT, "'" + commit + "' is not a full commit id. Take it from the list.");
        }
        GitOutput output = repository.git(List.of("cat-file", "commit", commit));
        Checkpoint found = Optional.of(output)
                .filter(GitOutput::succeeded)
                .flatMap(object -> CheckpointMessage.readCommit(commit, object.lines()))
                .orElseThrow(() -> unknown(commit));
        if (!found.scope().equals(repository.prefix().toString())) {
            throw new WorkspaceException(
                    Problem.UNKNOWN_CHECKPOINT,
                    "Checkpoint " + commit + " is of the directory '" + found.scope() + "' of the repository, not of '"
                            + repository.prefix() + "'. Open the workspace it was made in.");
        }
        return found;
    }

    private WorkspaceException unknown(String commit) {
        return new WorkspaceException(
                Problem.UNKNOWN_CHECKPOINT,
                "There is no checkpoint " + commit + " in the repository of " + repository.workspace()
                        + ". Take one from the list of the run's checkpoints.");
    }
}
