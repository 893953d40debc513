/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.workspace;

import dev.ralph.CheckpointRecord;
import dev.ralph.WorkspaceException;
import dev.ralph.WorkspaceException.Problem;
import dev.ralph.log.LogText;
import dev.ralph.spi.WorkspaceRequest;
import dev.ralph.workspace.GitRemote;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the clone of one run's remote anew: what an agent did to working files, configuration, hooks and locks of an older one
 * stays behind. Of a whole clone the objects are kept, so that only what came since is fetched.
 */
final class CloneMaker {

    private static final Logger LOG = LoggerFactory.getLogger(CloneMaker.class);

    private final CloneFolder clone;
    private final GitRemote remote;
    private final WorkDirectory directory;
    private final RemoteGit transfer;
    private final GitRunner git;
    private final Duration timeout;

    CloneMaker(
            CloneFolder clone,
            GitRemote remote,
            WorkDirectory directory,
            RemoteGit transfer,
            GitRunner git,
            Duration timeout) {
        this.clone = clone;
        this.remote = remote;
        this.directory = directory;
        this.transfer = transfer;
        this.git = git;
        this.timeout = timeout;
    }

    /** Makes it anew, in a new place. A crash leaves no marker, and the next call begins again. */
    void make(WorkspaceRequest request) throws InterruptedException {
        RemoteGit.Listing listing = transfer.list(clone.path(), patterns());
        CheckpointRecord last = request.last();
        if (last != null && !last.commit().equals(listing.ids().get(last.ref()))) {
            throw new WorkspaceException(
                    Problem.UNKNOWN_CHECKPOINT,
                    "The remote " + remote.remote() + " does not have " + last.ref() + ", to which checkpoint "
                            + last.number() + " was pushed. Push commit " + last.commit()
                            + " there again if somebody has it, or start a new run.");
        }
        Optional<String> branch = branch(listing);
        if (last == null && branch.isEmpty()) {
            throw new WorkspaceException(
                    Problem.UNKNOWN_REVISION,
                    "The remote " + remote.remote() + " has no "
                            + (remote.branch() == null ? "commit to begin from" : "branch '" + remote.branch() + "'")
                            + ". Push one, or name another.");
        }
        String have = clear();
        local(init(listing.sha256(), branch.orElse("refs/heads/main")), Map.of());
        takeOverObjects(have);
        try (TransferArea area = TransferArea.enter(clone.path(), clone.tree(), listing.sha256())) {
            transfer.fetch(area, refspecs(listing, branch), have);
            copyReferences(area);
            String begin = last != null ? last.commit() : beginning(listing, branch.orElseThrow());
            local(TransferArea.checkOut(begin), area.localEnvironment());
            if (last == null) {
                for (List<String> command : new Stand(begin, branch.orElseThrow()).commands()) {
                    local(command, inClone());
                }
            }
            directory.require(last != null);
            clone.mark(
                    new CloneMarker(clone.run(), UUID.randomUUID().toString(), begin, CloneMarker.Content.PUBLISHED));
        } finally {
            deleteOld();
        }
    }

    /** What stays is in nobody's way until a clone is made anew; it must not hide why this one could not be made. */
    private void deleteOld() {
        try {
            PrivateFiles.deleteTree(clone.old());
        } catch (WorkspaceException e) {
            LOG.warn("Run {}: {}", clone.run(), LogText.line(e.getMessage()));
        }
    }

    private List<String> patterns() {
        List<String> patterns = new ArrayList<>(List.of(clone.reference("*")));
        if (remote.branch() != null) {
            patterns.add("refs/heads/" + remote.branch());
        }
        return patterns;
    }

    /** The full name of the branch to begin from, if the remote has it; a local one for a remote with a detached HEAD. */
    private Optional<String> branch(RemoteGit.Listing listing) {
        if (remote.branch() != null) {
            String name = "refs/heads/" + remote.branch();
            return Optional.of(name).filter(listing.ids()::containsKey);
        }
        return listing.ids().containsKey("HEAD")
                ? Optional.of(listing.defaultBranch().isEmpty() ? "refs/heads/main" : listing.defaultBranch())
                : Optional.empty();
    }

    private String beginning(RemoteGit.Listing listing, String branch) throws InterruptedException {
        String tip = listing.ids().get(remote.branch() == null ? "HEAD" : branch);
        String wanted = remote.commit();
        if (tip == null || wanted == null) {
            return String.valueOf(tip);
        }
        boolean there = git.run(call(List.of("merge-base", "--is-ancestor", wanted, tip), inClone()))
                .succeeded();
        if (!there) {
            throw new WorkspaceException(
                    Problem.UNKNOWN_REVISION,
                    "The commit " + wanted + " is not on the branch " + branch + " of the remote " + remote.remote()
                            + ". Name another commit, or the branch that has it.");
        }
        return wanted;
    }

    private List<String> refspecs(RemoteGit.Listing listing, Optional<String> branch) {
        List<String> refspecs = new ArrayList<>();
        if (listing.ids().keySet().stream().anyMatch(name -> name.startsWith(clone.reference("")))) {
            refspecs.add("+" + clone.reference("*") + ":" + clone.reference("*"));
        }
        branch.ifPresent(name -> refspecs.add("+" + (remote.branch() == null ? "HEAD" : name) + ":"
                + name.replaceFirst("^refs/heads/", "refs/remotes/origin/")));
        return refspecs;
    }

    /** Puts an old clone aside and gives a commit whose objects it has, or nothing if they are not to be trusted. */
    private String clear() {
        Optional<CloneMarker> whole = clone.marker();
        clone.unmark();
        PrivateFiles.deleteTree(clone.old());
        if (whole.isEmpty()) {
            PrivateFiles.deleteTree(clone.tree());
            return "";
        }
        move(clone.tree(), clone.old());
        return whole.get().published();
    }

    private void takeOverObjects(String have) {
        if (!have.isEmpty()) {
            Path objects = clone.git().resolve("objects");
            PrivateFiles.deleteTree(objects);
            move(clone.oldGit().resolve("objects"), objects);
            deleteHalfMade(objects.resolve("pack"));
        }
    }

    /** What a fetch leaves that was cut off is as large as what it had got, and git deletes it only by its maintenance. */
    private static void deleteHalfMade(Path packs) {
        if (!Files.isDirectory(packs)) {
            return;
        }
        try (DirectoryStream<Path> parts = Files.newDirectoryStream(packs, "tmp_*")) {
            for (Path part : parts) {
                Files.deleteIfExists(part);
            }
        } catch (IOException | DirectoryIteratorException e) {
            LOG.warn("Unfinished packs in {} cannot be deleted: {}", LogText.line(packs), LogText.line(e));
        }
    }

    private static void move(Path from, Path to) {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new WorkspaceException(
                    Problem.IO, "The directory " + from + " cannot be moved to " + to + " (" + e + ").", e);
        }
    }

    private List<String> init(boolean sha256, String branch) {
        return List.of(
                "init",
                "--quiet",
                "--template=",
                "--object-format=" + (sha256 ? "sha256" : "sha1"),
                "--initial-branch=" + branch.replaceFirst("^refs/heads/", ""),
                clone.tree().toString());
    }

    private void copyReferences(TransferArea area) throws InterruptedException {
        StringBuilder updates = new StringBuilder();
        git.run(call(List.of("for-each-ref", "--format=update %(refname) %(objectname)"), area.localEnvironment()))
                .complete()
                .forEach(line -> updates.append(line).append('\n'));
        git.run(GitGuards.command(
                        clone.path(), List.of("update-ref", "--stdin"), inClone(), updates.toString(), timeout))
                .requireSuccess();
        local(List.of("config", "remote.origin.url", remote.remote()), inClone());
        local(List.of("config", "remote.origin.fetch", "+refs/heads/*:refs/remotes/origin/*"), inClone());
    }

    private Map<String, String> inClone() {
        return Map.of(
                "GIT_DIR", clone.git().toString(), "GIT_WORK_TREE", clone.tree().toString());
    }

    private void local(List<String> arguments, Map<String, String> environment) throws InterruptedException {
        git.run(call(arguments, environment)).requireSuccess();
    }

    private GitCommand call(List<String> arguments, Map<String, String> environment) {
        return GitGuards.command(clone.path(), arguments, environment, "", timeout);
    }
}
