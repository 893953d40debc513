/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.real.client;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The package manager of Node, as it is on the PATH. */
final class Npm {

    private static final int OLDEST_NODE = 20;
    private static final int MINUTES = 10;

    private final Path folder;
    private final String node;

    private Npm(Path folder, String node) {
        this.folder = folder;
        this.node = node;
    }

    /**
     * Finds it.
     *
     * @param folder where it is to work
     * @throws IllegalStateException if it, or a Node that is new enough, is missing
     */
    static Npm find(Path folder) throws IOException, InterruptedException {
        String node = output(folder, "node", "--version");
        if (!node.matches("v\\d+\\..*") || Integer.parseInt(node.substring(1, node.indexOf('.'))) < OLDEST_NODE) {
            throw missing("node says that it is '" + node + "'", null);
        }
        output(folder, "npm", "--version");
        return new Npm(folder, node);
    }

    /** The version of Node. */
    String node() {
        return node;
    }

    /**
     * Runs one of its commands; what it prints is kept in {@code npm.log}.
     *
     * @throws IllegalStateException if it fails
     */
    void run(String command) throws IOException, InterruptedException {
        Path log = folder.resolve("npm.log");
        Process process = new ProcessBuilder("npm", command, "--no-progress", "--loglevel=error")
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        process.getOutputStream().close();
        if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            throw new IllegalStateException("npm " + command + " took more than " + MINUTES + " minutes; see " + log);
        }
        if (process.exitValue() != 0) {
            throw new IllegalStateException("npm " + command + " failed in " + folder + ":\n" + Files.readString(log)
                    + "\nIt needs a registry it can reach; 'npm config get registry' tells which one it asks.");
        }
    }

    private static String output(Path folder, String... command) throws IOException, InterruptedException {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .directory(folder.toFile())
                    .start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw missing(List.of(command) + " failed: " + output, null);
            }
            return output.strip();
        } catch (IOException e) {
            throw missing(command[0] + " cannot be started", e);
        }
    }

    private static IllegalStateException missing(String problem, @Nullable Throwable cause) {
        return new IllegalStateException(
                "The real-client suite needs Node " + OLDEST_NODE + " or newer with npm on the PATH, but " + problem
                        + ". Install it, or leave the profile real-agents out.",
                cause);
    }
}
