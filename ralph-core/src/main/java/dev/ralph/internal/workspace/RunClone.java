/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.workspace;

import dev.ralph.CheckpointRecord;
import dev.ralph.RunId;
import dev.ralph.WorkspaceException;
import dev.ralph.WorkspaceException.Problem;
import dev.ralph.spi.WorkspaceRequest;
import dev.ralph.workspace.GitRemote;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The clone that this node has of one run's remote, in a folder of its own: {@code tree}, where the agent works, and
 * {@code marker}, which says that it is whole. Whoever changes it holds the folder's lock.
 *
 * <p>A clone is used as it is only for the run it was left by. In any other case it is made anew: what an agent did to its
 * working files, configuration, hooks and locks stays behind. Of a whole clone the objects are kept, so that only what came
 * since is fetched.
 */
final class RunClone {

    private static final Logger LOG = LoggerFactory.getLogger(RunClone.class);
    private static final String TREE = "tree";
    private static final String OLD = "old";
    static final String MARKER = "marker";
    private static final String GIT = ".git";
    private static final String RUNS = "refs/ralph/";

    private final RunId run;
    private final Path folder;
    private final GitRemote remote;
    private final RemoteGit transfer;
    private final GitRunner git;
    private final Duration timeout;

    RunClone(RunId run, Path folder, GitRemote remote, RemoteGit transfer, GitRunner git, Duration timeout) {
        this.run = run;
        this.folder = folder;
        this.remote = remote;
        this.transfer = transfer;
        this.git = git;
        this.timeout = timeout;
    }

    /** Whether it is whole and in this place. */
    boolean isAt(@Nullable String place) {
        return place != null
                && marker().filter(marker -> marker.place().equals(place)).isPresent();
    }

    /** The place of a whole clone. */
    String place() {
        return marker().orElseThrow(() -> new WorkspaceException(
                        Problem.MISSING, "The clone " + folder + " is gone. Do not delete what runs work in."))
                .place();
    }

    /** Notes that it is in use. */
    void touch() {
        marker().ifPresent(marker -> marker.write(folder.resolve(MARKER)));
    }

    /** Notes that something in it is nowhere else. */
    void keep() {
        marker().ifPresent(marker -> marker.with(CloneMarker.Content.KEPT).write(folder.resolve(MARKER)));
    }

    /** Where the agent works. */
    Path directory() {
        return remote.directory() == null ? tree() : tree().resolve(remote.directory());
    }

    /**
     * Makes sure that the agent's directory is there, and in the clone: a link to elsewhere would have the agent work outside.
     *
     * @param make whether one that is not there is made: git has no empty directories, so that a checkpoint may lack it
     */
    void requireDirectory(boolean make) {
        if (remote.directory() == null) {
            return;
        }
        try {
            Path top = tree().toRealPath();
            Path real = top;
            for (Path name : Path.of(remote.directory())) {
                Path next = real.resolve(name);
                if (make && !Files.exists(next, LinkOption.NOFOLLOW_LINKS)) {
                    Files.createDirectory(next);
                }
                real = next.toRealPath();
                if (!Files.isDirectory(real) || !real.startsWith(top) || real.startsWith(top.resolve(GIT))) {
                    throw unusable("is no directory in the clone, but " + real);
                }
            }
        } catch (NoSuchFileException e) {
            throw unusable("is not there");
        } catch (IOException e) {
            throw new WorkspaceException(
                    Problem.IO, "The directory " + directory() + " cannot be used (" + e + ").", e);
        }
    }

    private WorkspaceException unusable(String why) {
        return new WorkspaceException(
                Problem.UNKNOWN_REVISION,
                "The remote " + remote.remote() + " has no directory '" + remote.directory()
                        + "' to work in at the commit to go on from: it " + why + ". Name one that is there.");
    }

    /** Makes it anew, in a new place. A crash leaves no marker, and the next call begins again. */
    void make(WorkspaceRequest request) throws InterruptedException {
        RemoteGit.Listing listing = transfer.list(folder, patterns());
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
        try (TransferArea area = TransferArea.enter(folder, tree(), listing.sha256())) {
            transfer.fetch(area, refspecs(listing, branch), have);
            copyReferences(area);
            String begin = last != null ? last.commit() : beginning(listing, branch.orElseThrow());
            local(TransferArea.checkOut(begin), area.localEnvironment());
            if (last == null) {
                for (List<String> command : new Stand(begin, branch.orElseThrow()).commands()) {
                    local(command, inClone());
                }
            }
            requireDirectory(last != null);
            new CloneMarker(run, UUID.randomUUID().toString(), begin, CloneMarker.Content.PUBLISHED)
                    .write(folder.resolve(MARKER));
        } finally {
            deleteOld();
        }
    }

    /** What stays is in nobody's way until a clone is made anew; it must not hide why this one could not be made. */
    private void deleteOld() {
        try {
            PrivateFiles.deleteTree(folder.resolve(OLD));
        } catch (WorkspaceException e) {
            LOG.warn("Run {}: {}", run, e.getMessage());
        }
    }

    /** Pushes a commit to this reference of the remote. */
    void publish(String reference, String commit) throws InterruptedException {
        CloneMarker marker = marker().orElseThrow(() -> new WorkspaceException(
                Problem.MISSING, "The clone " + folder + " is gone. Do not delete what runs work in."));
        marker.with(CloneMarker.Content.UNPUBLISHED).write(folder.resolve(MARKER));
        try (TransferArea area = TransferArea.enter(folder, tree(), commit.length() == 64)) {
            transfer.push(area, List.of(commit + ":" + reference));
        }
        new CloneMarker(run, marker.place(), commit, CloneMarker.Content.PUBLISHED).write(folder.resolve(MARKER));
    }

    /** Deletes the run's references of the remote. */
    int withdraw() throws InterruptedException {
        RemoteGit.Listing listing = transfer.list(folder, List.of(references("*")));
        List<String> references = listing.ids().keySet().stream()
                .filter(name -> name.startsWith(references("")))
                .toList();
        if (!references.isEmpty()) {
            try (TransferArea area = TransferArea.enter(folder, folder, listing.sha256())) {
                transfer.delete(area, references);
            }
        }
        return references.size();
    }

    /** Deletes it, and its folder. */
    void delete() {
        CloneMarker.delete(folder.resolve(MARKER));
        PrivateFiles.deleteTree(folder);
    }

    private Optional<CloneMarker> marker() {
        return CloneMarker.read(folder.resolve(MARKER))
                .filter(marker -> marker.run().equals(run) && Files.isDirectory(tree().resolve(GIT)));
    }

    private Path tree() {
        return folder.resolve(TREE);
    }

    private String references(String name) {
        return RUNS + run + "/" + name;
    }

    private List<String> patterns() {
        List<String> patterns = new ArrayList<>(List.of(references("*")));
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
        if (listing.ids().keySet().stream().anyMatch(name -> name.startsWith(references("")))) {
            refspecs.add("+" + references("*") + ":" + references("*"));
        }
        branch.ifPresent(name -> refspecs.add("+" + (remote.branch() == null ? "HEAD" : name) + ":"
                + name.replaceFirst("^refs/heads/", "refs/remotes/origin/")));
        return refspecs;
    }

    /** Puts an old clone aside and gives a commit whose objects it has, or nothing if they are not to be trusted. */
    private String clear() {
        Optional<CloneMarker> whole = marker();
        CloneMarker.delete(folder.resolve(MARKER));
        PrivateFiles.deleteTree(folder.resolve(OLD));
        if (whole.isEmpty()) {
            PrivateFiles.deleteTree(tree());
            return "";
        }
        move(tree(), folder.resolve(OLD));
        return whole.get().published();
    }

    private void takeOverObjects(String have) {
        if (!have.isEmpty()) {
            Path objects = tree().resolve(GIT).resolve("objects");
            PrivateFiles.deleteTree(objects);
            move(folder.resolve(OLD).resolve(GIT).resolve("objects"), objects);
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
            LOG.warn("Unfinished packs in {} cannot be deleted: {}", packs, e.toString());
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
                tree().toString());
    }

    private void copyReferences(TransferArea area) throws InterruptedException {
        StringBuilder updates = new StringBuilder();
        git.run(call(List.of("for-each-ref", "--format=update %(refname) %(objectname)"), area.localEnvironment()))
                .complete()
                .forEach(line -> updates.append(line).append('\n'));
        git.run(GitGuards.command(folder, List.of("update-ref", "--stdin"), inClone(), updates.toString(), timeout))
                .requireSuccess();
        local(List.of("config", "remote.origin.url", remote.remote()), inClone());
        local(List.of("config", "remote.origin.fetch", "+refs/heads/*:refs/remotes/origin/*"), inClone());
    }

    private Map<String, String> inClone() {
        return Map.of("GIT_DIR", tree().resolve(GIT).toString(), "GIT_WORK_TREE", tree().toString());
    }

    private void local(List<String> arguments, Map<String, String> environment) throws InterruptedException {
        git.run(call(arguments, environment)).requireSuccess();
    }

    private GitCommand call(List<String> arguments, Map<String, String> environment) {
        return GitGuards.command(folder, arguments, environment, "", timeout);
    }
}
