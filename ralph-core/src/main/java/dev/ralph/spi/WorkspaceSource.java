/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.spi;

import dev.ralph.RunId;
import dev.ralph.WorkspaceRef;
import dev.ralph.health.HealthSource;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * Where workspaces of one kind come from. Thread-safe. The contract kit in {@code ralph-tck} tests what stands here.
 *
 * <p>A kind of workspace that {@linkplain #moves moves} is one that any node can make: a run on it may go on on a node that
 * has never seen it. Ralph publishes a checkpoint before it records what the checkpoint holds, and hands the last one that
 * is recorded to whoever takes the run up. What was not recorded is lost with its node.
 */
public interface WorkspaceSource extends HealthSource, AutoCloseable {

    /**
     * Refuses what cannot be used. Called when a run is submitted, before anything is stored. Blocks, for a bounded time.
     *
     * @return the directory, if it is there before any run has it, so that a prompt file in it can be looked at
     * @throws dev.ralph.ConfigurationException if settings are missing or wrong
     * @throws dev.ralph.WorkspaceException if the workspace cannot be used or reached
     * @throws InterruptedException if the thread was interrupted
     */
    Optional<Path> check(WorkspaceRef ref) throws InterruptedException;

    /**
     * What no two runs may use at once: runs with equal keys are worked one after the other. The same on all nodes.
     * Does not block.
     */
    String key(RunId run, WorkspaceRef ref);

    /**
     * Whether a run may go on on another node. If so, every workspace has a {@link PreparedWorkspace#place}, and runs must
     * be checkpointed after every iteration.
     */
    default boolean moves() {
        return false;
    }

    /**
     * Whether this node has the workspace in the place where the run was last, so that {@link #prepare} would find all that
     * was left there. Looks at this node alone; does not wait for anything remote.
     */
    default boolean has(WorkspaceRequest request) {
        return true;
    }

    /**
     * Makes the workspace ready on this node. Called by the one node that holds the run's lease; also by one that only looks
     * at checkpoints. Blocks, for a bounded time. After a crash at any moment calling it again is right.
     *
     * <p>Where workspaces move: if this node {@linkplain #has has} the place, everything is as it was left, half-done edits
     * included. Otherwise the workspace is in a new place, and holds the state of {@link WorkspaceRequest#last}, whose commit is in its
     * repository; or, if there is none, the state to begin from. {@code HEAD} and the index need not be those of the
     * checkpoint: Ralph sets them.
     *
     * @throws dev.ralph.WorkspaceException with {@link dev.ralph.WorkspaceException.Problem#UNREACHABLE} if it may work later:
     *     the run waits and tries again; {@link dev.ralph.WorkspaceException.Problem#IN_USE} if somebody on this node has
     *     it. Where workspaces move, {@link dev.ralph.WorkspaceException.Problem#UNKNOWN_CHECKPOINT} and
     *     {@link dev.ralph.WorkspaceException.Problem#UNKNOWN_REVISION} end the run, and any other problem is this node's: the
     *     run waits, and another node may have more luck. Where they do not, any other problem ends the run
     * @throws dev.ralph.ConfigurationException if this node lacks what it needs, such as a secret: the run waits likewise
     * @throws InterruptedException if the thread was interrupted; nothing it started is left
     */
    PreparedWorkspace prepare(WorkspaceRequest request) throws InterruptedException;

    /**
     * Deletes all that was published for a run that has ended, and this node's copy: that goes as well if what was published
     * cannot be reached, and if it does not, the exception's message names it. Calling it again does nothing. Blocks, for a
     * bounded time.
     *
     * @return the checkpoints that were deleted, by their references
     * @throws dev.ralph.WorkspaceException if it cannot be done now
     * @throws InterruptedException if the thread was interrupted
     */
    default Set<String> withdraw(WorkspaceRequest request) throws InterruptedException {
        return Set.of();
    }

    /** Frees what the source holds. */
    @Override
    default void close() {}
}
