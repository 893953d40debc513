/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.workspace;

import dev.ralph.RunId;
import dev.ralph.WorkspaceException;
import dev.ralph.WorkspaceException.Problem;
import dev.ralph.spi.WorkspaceRequest;
import dev.ralph.workspace.GitRemote;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The clone that this node has of one run's remote. Whoever changes it holds the folder's lock. It is used as it is only for
 * the run it was left by; in any other case it is made anew.
 */
final class RunClone {

    private final CloneFolder clone;
    private final WorkDirectory directory;
    private final CloneMaker maker;
    private final RemoteGit transfer;

    RunClone(RunId run, Path folder, GitRemote remote, RemoteGit transfer, GitRunner git, Duration timeout) {
        this.clone = new CloneFolder(run, folder);
        this.directory = new WorkDirectory(clone, remote);
        this.maker = new CloneMaker(clone, remote, directory, transfer, git, timeout);
        this.transfer = transfer;
    }

    /** Whether it is whole and in this place. */
    boolean isAt(@Nullable String place) {
        return place != null
                && clone.marker().filter(marker -> marker.place().equals(place)).isPresent();
    }

    /** The place of a whole clone. */
    String place() {
        return clone.marker()
                .orElseThrow(() -> new WorkspaceException(
                        Problem.MISSING, "The clone " + clone.path() + " is gone. Do not delete what runs work in."))
                .place();
    }

    /** Notes that it is in use. */
    void touch() {
        clone.marker().ifPresent(clone::mark);
    }

    /** Notes that something in it is nowhere else. */
    void keep() {
        clone.marker().ifPresent(marker -> clone.mark(marker.with(CloneMarker.Content.KEPT)));
    }

    /** Where the agent works. */
    Path directory() {
        return directory.path();
    }

    /**
     * Makes sure that the agent's directory is there.
     *
     * @param make as in {@link WorkDirectory#require}
     */
    void requireDirectory(boolean make) {
        directory.require(make);
    }

    /** Makes it anew, in a new place. */
    void make(WorkspaceRequest request) throws InterruptedException {
        maker.make(request);
    }

    /** Pushes a commit to this reference of the remote. */
    void publish(String reference, String commit) throws InterruptedException {
        CloneMarker marker = clone.marker()
                .orElseThrow(() -> new WorkspaceException(
                        Problem.MISSING, "The clone " + clone.path() + " is gone. Do not delete what runs work in."));
        clone.mark(marker.with(CloneMarker.Content.UNPUBLISHED));
        try (TransferArea area = TransferArea.enter(clone.path(), clone.tree(), commit.length() == 64)) {
            transfer.push(area, List.of(commit + ":" + reference));
        }
        clone.mark(new CloneMarker(clone.run(), marker.place(), commit, CloneMarker.Content.PUBLISHED));
    }

    /** Deletes the run's references of the remote, and gives those there were. */
    Set<String> withdraw() throws InterruptedException {
        RemoteGit.Listing listing = transfer.list(clone.path(), List.of(clone.reference("*")));
        Set<String> references = listing.ids().keySet().stream()
                .filter(name -> name.startsWith(clone.reference("")))
                .collect(Collectors.toUnmodifiableSet());
        if (!references.isEmpty()) {
            try (TransferArea area = TransferArea.enter(clone.path(), clone.path(), listing.sha256())) {
                transfer.delete(area, List.copyOf(references));
            }
        }
        return references;
    }

    /** Deletes it, and its folder. */
    void delete() {
        clone.unmark();
        PrivateFiles.deleteTree(clone.path());
    }
}
