/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.spi;

import java.nio.file.Path;
import java.util.Optional;

/** A workspace that is ready on this node, in the hands of one run. Used by one thread at a time. */
public interface PreparedWorkspace extends AutoCloseable {

    /** An existing directory; where {@link WorkspaceSource#moves}, one in a git repository. */
    Path directory();

    /**
     * Where it stands: another text for every copy that was ever made of it, on this node or another. It is stored with the
     * run. A run that finds itself in another place than the last time has moved: it goes on from its last checkpoint. Empty
     * where workspaces do not move.
     */
    default Optional<String> place() {
        return Optional.empty();
    }

    /**
     * Makes a commit of the directory's repository, with all that is reachable from it, available to all other nodes, under
     * this reference. It is durable when this returns. Called before the checkpoint is recorded; may be called again for one
     * that was published. Blocks, for a bounded time.
     *
     * @param ref the full name of a git reference
     * @param commit the full id of a commit
     * @throws dev.ralph.WorkspaceException if it cannot be published now; the run waits and tries again
     * @throws InterruptedException if the thread was interrupted; nothing it started is left
     */
    default void publish(String ref, String commit) throws InterruptedException {}

    /**
     * Deletes this node's copy: the run has ended, what it made is published, and nothing but ignored files is in this copy alone;
     * or the copy was made to look at a checkpoint. Called once, in place of {@link #close}. Deletes nothing where there is no copy.
     *
     * @throws dev.ralph.WorkspaceException if something of it stays; it is given back nevertheless
     */
    default void discard() {
        close();
    }

    /**
     * Leaves this node's copy for people: the run has ended, and something in the copy is nowhere else. Ralph does not delete it on
     * its own any more. Called once, in place of {@link #close}.
     */
    default void keep() {
        close();
    }

    /** The run leaves it, and may come back. */
    @Override
    void close();
}
