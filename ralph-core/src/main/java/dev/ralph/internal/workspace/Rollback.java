/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.workspace;

import dev.ralph.WorkspaceException;
import dev.ralph.WorkspaceException.Problem;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Restores the files of a checkpoint over a snapshot that was just taken.
 *
 * <p>Only what the snapshot holds is changed or removed. What is in no snapshot (ignored, secret, too large) stays, and
 * where such a file is in the way of a file of the checkpoint, that one is not restored.
 */
final class Rollback {

    private static final String TARGET_INDEX = "target";
    private static final int NOTHING_IGNORED = 1;

    private final Repository repository;
    private final SnapshotArea area;

    Rollback(Repository repository, SnapshotArea area) {
        this.repository = repository;
        this.area = area;
    }

    /**
     * What was done.
     *
     * @param changedFiles how many files were written or removed
     * @param kept paths that were not restored
     */
    record Done(int changedFiles, List<String> kept) {}

    Done restore(Snapshot now, Checkpoint target) throws InterruptedException {
        String tree = loadTarget(target);
        Set<GitPath> leaving = new HashSet<>();
        Map<GitPath, String[]> entries = new TreeMap<>();
        Set<GitPath> arriving = new TreeSet<>();
        List<String> changes = changes(now.tree(), tree);
        for (String line : changes) {
            // ":<mode> <mode> <id> <id> <status>\t<path>"
            int tab = line.indexOf('\t');
            GitPath path = GitPath.parse(line.substring(tab + 1));
            switch (line.charAt(tab - 1)) {
                case 'D' -> {
                    leaving.add(path);
                    entries.put(path, line.split(" ", 4));
                }
                case 'A' -> arriving.add(path);
                default -> {}
            }
        }
        List<GitPath> kept = new ArrayList<>();
        for (GitPath path : arriving) {
            if (isBlocked(path, leaving)) {
                kept.add(path);
            }
        }
        String restored = kept.isEmpty() ? tree : without(kept);
        entries.keySet().removeIf(path -> isIgnoreFile(path) || isNear(path, arriving));
        if (entries.isEmpty()) {
            area.git(List.of("read-tree", "-m", "-u", now.tree(), restored)).requireSuccess();
        } else {
            kept.addAll(restoreButIgnored(now.tree(), entries));
        }
        // Git removes directories that became empty; the workspace itself has to stay.
        try {
            Files.createDirectories(repository.workspace());
        } catch (IOException e) {
            throw new WorkspaceException(
                    Problem.IO, "The workspace " + repository.workspace() + " cannot be made again (" + e + ").", e);
        }
        return new Done(
                changes.size() - kept.size(),
                kept.stream().map(GitPath::toString).toList());
    }

    /**
     * Restores everything but removals first, ignore files included: only then do the checkpoint's own rules tell which of
     * the files to be removed were ignored when it was made. Those are the user's and stay.
     */
    private Set<GitPath> restoreButIgnored(String now, Map<GitPath, String[]> entries) throws InterruptedException {
        String added = entries.entrySet().stream()
                .map(entry -> entry.getValue()[0].substring(1) + " " + entry.getValue()[2] + "\t"
                        + entry.getKey().quoted() + "\n")
                .collect(Collectors.joining());
        String first = onTarget(List.of("update-index", "--add", "--index-info"), added);
        area.git(List.of("read-tree", "-m", "-u", now, first)).requireSuccess();
        Set<GitPath> ignored = ignored(entries.keySet());
        List<GitPath> removed = entries.keySet().stream()
                .filter(path -> !ignored.contains(path))
                .toList();
        if (!removed.isEmpty()) {
            area.git(List.of("read-tree", "-m", "-u", first, without(removed))).requireSuccess();
        }
        return ignored;
    }

    private Set<GitPath> ignored(Set<GitPath> paths) throws InterruptedException {
        String input = paths.stream().map(path -> path.quoted() + "\n").collect(Collectors.joining());
        GitOutput output = area.git(List.of("check-ignore", "--no-index", "--stdin"), input);
        if (output.exitCode() == NOTHING_IGNORED) {
            return Set.of();
        }
        return output.complete().stream().map(GitPath::parse).collect(Collectors.toCollection(TreeSet::new));
    }

    private static boolean isIgnoreFile(GitPath path) {
        return path.bytes().equals(".gitignore") || path.bytes().endsWith("/.gitignore");
    }

    /** Whether a file that arrives needs the place of this one, or of a directory on its way. */
    private static boolean isNear(GitPath path, Set<GitPath> arriving) {
        return arriving.stream()
                .anyMatch(other -> other.bytes().startsWith(path.bytes() + "/")
                        || path.bytes().startsWith(other.bytes() + "/"));
    }

    /** The checkpoint's tree, without what it holds outside the workspace. */
    private String loadTarget(Checkpoint target) throws InterruptedException {
        if (repository.prefix().bytes().isEmpty()) {
            return onTarget(List.of("read-tree", target.tree()), "");
        }
        String content = area.gitInScope(List.of("ls-tree", "-r", "--full-tree", target.tree()))
                .text();
        return onTarget(List.of("update-index", "--add", "--index-info"), content);
    }

    private String without(List<GitPath> kept) throws InterruptedException {
        String input = kept.stream().map(path -> path.quoted() + "\n").collect(Collectors.joining());
        return onTarget(List.of("update-index", "--force-remove", "--stdin"), input);
    }

    /** Changes the index that describes the target, and gives its tree. */
    private String onTarget(List<String> arguments, String input) throws InterruptedException {
        List<GitOutput> outputs = repository
                .runner()
                .runAll(List.of(
                        area.command(TARGET_INDEX, arguments, input, Map.of()),
                        area.command(TARGET_INDEX, List.of("write-tree"), "", Map.of())));
        outputs.get(0).requireSuccess();
        return outputs.get(1).single();
    }

    private List<String> changes(String from, String to) throws InterruptedException {
        return area.git(List.of("diff-tree", "-r", "--raw", "--no-renames", from, to))
                .complete();
    }

    /** Whether something that is in no snapshot is where a file is to be restored. */
    private boolean isBlocked(GitPath path, Set<GitPath> leaving) {
        String bytes = path.bytes();
        for (int slash = bytes.indexOf('/'); slash >= 0; slash = bytes.indexOf('/', slash + 1)) {
            GitPath parent = new GitPath(bytes.substring(0, slash));
            Path place = parent.under(repository.top());
            if (Files.exists(place, LinkOption.NOFOLLOW_LINKS)
                    && !Files.isDirectory(place, LinkOption.NOFOLLOW_LINKS)) {
                return !leaving.contains(parent);
            }
        }
        Path place = path.under(repository.top());
        if (Files.isDirectory(place, LinkOption.NOFOLLOW_LINKS)) {
            return holdsMoreThan(leaving, path, place);
        }
        return Files.exists(place, LinkOption.NOFOLLOW_LINKS);
    }

    private static boolean holdsMoreThan(Set<GitPath> leaving, GitPath path, Path directory) {
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
            for (Path file : stream) {
                GitPath child = path.child(GitPath.between(directory, file).bytes());
                boolean more = Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)
                        ? holdsMoreThan(leaving, child, file)
                        : !leaving.contains(child);
                if (more) {
                    return true;
                }
            }
            return false;
        } catch (IOException | DirectoryIteratorException e) {
            return true;
        }
    }
}
