/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.workspace;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;

/**
 * A fingerprint from the files themselves, for directories without git.
 *
 * <p>Small files count with their content, larger ones with size and time of change. Of a repository inside, only what
 * tells its commits counts, because any git command may touch the rest.
 */
final class FileTreeFingerprint {

    private static final long SMALL = 64 << 10;

    private final Path root;
    private final int maxFiles;
    private final long deadlineNanos;
    private final Digest digest = new Digest();
    private int files;

    private FileTreeFingerprint(Path root, WorkspaceOptions options) {
        this.root = root;
        this.maxFiles = options.maxFiles();
        this.deadlineNanos = System.nanoTime() + options.timeout().toNanos();
    }

    static Fingerprint of(Path root, WorkspaceOptions options) throws InterruptedException {
        FileTreeFingerprint tree = new FileTreeFingerprint(root, options);
        String stopped = tree.walk();
        return new Fingerprint("files:" + tree.digest.hex(), stopped.isEmpty() ? null : stopped);
    }

    private String walk() throws InterruptedException {
        Deque<Path> pending = new ArrayDeque<>();
        pending.push(root);
        while (!pending.isEmpty()) {
            if (Thread.interrupted()) {
                throw new InterruptedException("Interrupted while looking at " + root);
            }
            if (files > maxFiles) {
                return root + " has more than " + maxFiles + " files; the rest was not looked at."
                        + " Put the workspace under git, or raise maxFiles.";
            }
            if (System.nanoTime() - deadlineNanos > 0) {
                return "Looking at the files of " + root + " took too long; the rest was not looked at."
                        + " Put the workspace under git, or raise the timeout.";
            }
            Path next = pending.pop();
            List<Path> children = look(next);
            for (int i = children.size() - 1; i >= 0; i--) {
                pending.push(children.get(i));
            }
        }
        if (Thread.interrupted()) {
            throw new InterruptedException("Interrupted while looking at " + root);
        }
        return "";
    }

    private List<Path> look(Path path) {
        files++;
        digest.add(root.relativize(path).toString());
        try {
            BasicFileAttributes found =
                    Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            if (found.isDirectory()) {
                digest.add("directory");
                return children(path);
            }
            if (found.isSymbolicLink()) {
                digest.add("link").add(Files.readSymbolicLink(path).toString());
            } else if (found.isRegularFile() && found.size() <= SMALL) {
                digest.add("file").add(Files.isExecutable(path) ? 1 : 0).add(Files.readAllBytes(path));
            } else {
                digest.add("large").add(found.size());
                digest.add(found.lastModifiedTime().toString());
            }
        } catch (IOException e) {
            digest.add("unreadable");
        }
        return List.of();
    }

    private List<Path> children(Path directory) throws IOException {
        boolean inGit = isNamed(directory, ".git");
        List<Path> children = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
            for (Path child : stream) {
                if (inGit ? tellsCommits(child) : !isPrivate(child)) {
                    children.add(child);
                }
                if (children.size() > maxFiles) {
                    break;
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        Collections.sort(children);
        return children;
    }

    private static boolean tellsCommits(Path inGit) {
        return isNamed(inGit, "HEAD") || isNamed(inGit, "refs") || isNamed(inGit, "packed-refs");
    }

    private boolean isPrivate(Path child) {
        return child.equals(root.resolve(PlainWorkspace.PRIVATE_DIRECTORY)) || child.endsWith(".git/refs/ralph");
    }

    private static boolean isNamed(Path path, String name) {
        Path last = path.getFileName();
        return last != null && last.toString().equals(name);
    }
}
