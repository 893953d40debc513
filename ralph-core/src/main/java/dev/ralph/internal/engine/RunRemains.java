/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.engine;

import dev.ralph.CheckpointPolicy;
import dev.ralph.IterationRecord;
import dev.ralph.OutputRecord;
import dev.ralph.RalphException;
import dev.ralph.RunId;
import dev.ralph.RunSpec;
import dev.ralph.StoreUnavailableException;
import dev.ralph.Unreached.What;
import dev.ralph.WorkspaceException;
import dev.ralph.WorkspaceException.Problem;
import dev.ralph.event.StateEvent;
import dev.ralph.internal.worker.WorkerServices;
import dev.ralph.spi.ArtifactStore;
import dev.ralph.spi.StoredArtifact;
import dev.ralph.spi.StoredEvent;
import dev.ralph.spi.StoredRun;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Deletes what an ended run left outside of the store. What goes wrong with one thing is noted and keeps nothing else; only a
 * store that cannot be reached, and an interrupt, end it.
 */
final class RunRemains {

    private static final int PAGE = 500;
    private static final int NAMED = 5;

    private final WorkerServices services;
    private final Remains remains;

    RunRemains(WorkerServices services, Remains remains) {
        this.services = services;
        this.remains = remains;
    }

    void delete(RunId run) {
        deletion(run).run();
    }

    /** What deletes what a run left, by what the store says of it now: the run itself may be gone from there by then. */
    Runnable deletion(RunId run) {
        References outputs = outputs(run);
        Supplier<Optional<Whereabouts>> workspace =
                read(() -> services.store().find(run).map(this::whereabouts));
        return () -> {
            guarded(run, What.OUTPUTS, "the artifacts of run " + run, () -> deleteOutputs(run, outputs));
            guarded(
                    run,
                    What.CHECKPOINTS,
                    "its workspace, which is not known any more: " + references(run),
                    () -> workspace.get().ifPresent(found -> deleteCheckpoints(run, found)));
        };
    }

    /** Reads now, and answers or fails once it is asked. */
    private static <T> Supplier<T> read(Supplier<T> reading) {
        try {
            T found = reading.get();
            return () -> found;
        } catch (StoreUnavailableException e) {
            throw e;
        } catch (RuntimeException e) {
            if (Thread.currentThread().isInterrupted()) {
                throw e;
            }
            return () -> {
                throw e;
            };
        }
    }

    /** The outputs that records name, as far as they can be read. */
    private record References(Set<String> names, @Nullable RuntimeException unreadable) {}

    private References outputs(RunId run) {
        Set<String> names = new TreeSet<>();
        try {
            addReferences(run, names);
            return new References(names, null);
        } catch (StoreUnavailableException e) {
            throw e;
        } catch (RuntimeException e) {
            return new References(names, e);
        }
    }

    private void deleteOutputs(RunId run, References recorded) {
        Optional<ArtifactStore> store = services.outputs().store();
        Set<String> missing = new TreeSet<>(recorded.names);
        if (store.isPresent()) {
            for (StoredArtifact here : store.get().list(run)) {
                missing.remove(here.id().name());
            }
            remains.deletedOutputs(store.get().delete(run));
        }
        if (!missing.isEmpty()) {
            remains.unreached(
                    run,
                    What.OUTPUTS,
                    "the artifacts of run " + run + ": " + named(missing),
                    store.isPresent()
                            ? "not in this node's artifact store: deleted before, or on another node's disk"
                            : "this node has no artifact store");
        }
        if (recorded.unreadable != null) {
            remains.unreached(
                    run,
                    What.OUTPUTS,
                    "the artifacts of run " + run,
                    "which there were cannot be read, and what is not on this node was not deleted: "
                            + message(recorded.unreadable));
        }
    }

    private void addReferences(RunId run, Set<String> names) {
        int last = 0;
        List<IterationRecord> page = services.store().iterations(run, 0, PAGE);
        while (!page.isEmpty()) {
            for (IterationRecord iteration : page) {
                last = iteration.iteration();
                addAttempts(run, last, names);
            }
            page = services.store().iterations(run, last, PAGE);
        }
        addAttempts(run, last + 1, names);
        services.store().gates(run).forEach(gate -> add(gate.output(), names));
    }

    private void addAttempts(RunId run, int iteration, Set<String> names) {
        services.store().attempts(run, iteration).forEach(attempt -> add(attempt.output(), names));
    }

    private static void add(@Nullable OutputRecord output, Set<String> names) {
        if (output != null && output.reference() != null) {
            names.add(output.reference());
        }
    }

    private static String named(Set<String> names) {
        List<String> first = names.stream().limit(NAMED).toList();
        return String.join(", ", first) + (names.size() > NAMED ? " and " + (names.size() - NAMED) + " more" : "");
    }

    /**
     * Where a run worked.
     *
     * @param where for people
     * @param nodes that took it up, if each of them makes itself a workspace
     */
    private record Whereabouts(
            String where,
            CheckpointPolicy policy,
            Supplier<CheckpointedWorkspace> workspace,
            Supplier<Set<String>> nodes) {}

    private Whereabouts whereabouts(StoredRun stored) {
        RunId run = stored.snapshot().id();
        RunSpec spec = services.codec().spec(stored.spec());
        Supplier<CheckpointedWorkspace> workspace = read(() -> CheckpointedWorkspace.of(stored, services));
        return new Whereabouts(
                spec.workspace().describe() + ": " + references(run),
                spec.checkpoints(),
                workspace,
                read(() -> workspace.get().moves() ? nodes(run) : Set.of()));
    }

    private void deleteCheckpoints(RunId run, Whereabouts found) {
        guarded(run, What.CHECKPOINTS, found.where, () -> {
            CheckpointedWorkspace workspace = found.workspace.get();
            if (workspace.mayHaveCheckpoints(found.policy)) {
                guarded(run, What.CHECKPOINTS, found.where, () -> deleteCheckpoints(run, workspace, found.where));
            }
            if (workspace.moves()) {
                guarded(
                        run,
                        What.CLONE,
                        clones(run, Set.of("the nodes that worked it")),
                        () -> tellOfClones(run, found.nodes.get()));
                if (workspace.isHere()) {
                    remains.unreached(
                            run,
                            What.CLONE,
                            clones(run, Set.of(services.node())),
                            "it was in use, or could not be deleted");
                }
            }
        });
    }

    private void deleteCheckpoints(RunId run, CheckpointedWorkspace workspace, String where) {
        try {
            CheckpointedWorkspace.Deletion deletion = workspace.deleteRecorded();
            remains.deletedCheckpoints(deletion.deleted());
            if (deletion.missing() > 0) {
                remains.unreached(
                        run,
                        What.CHECKPOINTS,
                        where,
                        deletion.missing()
                                + " checkpoints are recorded and were not found here: deleted before, or in another"
                                + " repository that stands at this place elsewhere");
            }
        } catch (WorkspaceException e) {
            if (!hasNone(workspace, e.problem())) {
                throw e;
            }
        }
    }

    /** The state before the first attempt is recorded wherever there is git: a run that went on without has no checkpoints. */
    private static boolean hasNone(CheckpointedWorkspace workspace, Problem problem) {
        return !workspace.hasRecorded()
                && (problem == Problem.NOT_A_REPOSITORY || (problem == Problem.MISSING && workspace.hasIterations()));
    }

    private Set<String> nodes(RunId run) {
        Set<String> nodes = new TreeSet<>();
        long seq = 0;
        List<StoredEvent> page = services.store().events(run, seq, PAGE);
        while (!page.isEmpty()) {
            for (StoredEvent event : page) {
                seq = event.seq();
                services.codec()
                        .event(event)
                        .filter(StateEvent.RunTakenUp.class::isInstance)
                        .ifPresent(taken -> nodes.add(((StateEvent.RunTakenUp) taken).node()));
            }
            page = services.store().events(run, seq, PAGE);
        }
        return nodes;
    }

    /** A clone that holds what is nowhere else is kept, and one whose node died stays there for a while. */
    private void tellOfClones(RunId run, Set<String> nodes) {
        Set<String> others = new TreeSet<>(nodes);
        others.remove(services.node());
        if (!others.isEmpty()) {
            remains.unreached(
                    run,
                    What.CLONE,
                    clones(run, others),
                    "they worked it too, and may have kept their clone, unless it was in this node's own folder");
        }
    }

    private static String clones(RunId run, Set<String> nodes) {
        return "the folder " + run + " among the workspaces of " + String.join(", ", nodes);
    }

    private void guarded(RunId run, What what, String where, Runnable work) {
        try {
            work.run();
        } catch (StoreUnavailableException e) {
            throw e;
        } catch (RuntimeException e) {
            if (Thread.currentThread().isInterrupted()) {
                throw e;
            }
            remains.unreached(run, what, where, message(e));
        }
    }

    private static String references(RunId run) {
        return "refs/ralph/" + run + "/";
    }

    private static String message(RuntimeException e) {
        return e instanceof RalphException ? String.valueOf(e.getMessage()) : e.toString();
    }
}
