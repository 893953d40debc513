/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.plain.demo;

import dev.ralph.InvalidValueException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A small git repository with failing checks, and beside it the agent that mends it.
 *
 * @param workspace the repository
 * @param task the file with the task, in the repository
 * @param check the checks, run in the repository
 * @param agent the program that is the agent
 */
record DemoProject(Path workspace, Path task, List<String> check, List<String> agent) {

    private static final String TASK = "TASK.md";
    private static final String CHECK = "check.sh";
    private static final String AGENT = "agent.sh";

    DemoProject {
        check = List.copyOf(check);
        agent = List.copyOf(agent);
    }

    /**
     * Makes it.
     *
     * @param folder empty, or not there yet
     * @throws InvalidValueException if the folder is not empty
     * @throws DemoException if the project cannot be made; the message says why
     */
    static DemoProject create(Path folder) throws InterruptedException {
        try {
            requireEmpty(folder);
            Path workspace = Files.createDirectories(folder.resolve("calculator"));
            for (String file : List.of("calc.sh", CHECK, TASK)) {
                copy(file, workspace);
            }
            copy(AGENT, folder);
            git(workspace, "init", "--quiet");
            git(workspace, "add", "--all");
            git(
                    workspace,
                    "-c",
                    "user.name=Ralph demo",
                    "-c",
                    "user.email=demo@localhost",
                    "-c",
                    "commit.gpgSign=false",
                    "commit",
                    "--quiet",
                    "--message=A calculator that does not calculate");
            return new DemoProject(
                    workspace,
                    workspace.resolve(TASK),
                    List.of("sh", "./" + CHECK),
                    List.of("sh", folder.resolve(AGENT).toString()));
        } catch (IOException e) {
            throw new DemoException("the demo's project cannot be made in " + folder + ": " + e, e);
        }
    }

    private static void requireEmpty(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> entries = Files.list(folder)) {
                if (entries.findAny().isPresent()) {
                    throw new InvalidValueException(
                            "--dir", folder, "is not empty; name a folder that is, or a new one");
                }
            }
        }
    }

    private static void copy(String name, Path folder) throws IOException {
        try (InputStream in = DemoProject.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IOException("this program lacks its file " + name);
            }
            Files.copy(in, folder.resolve(name));
        }
    }

    private static void git(Path workspace, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("git", "-c", "init.defaultBranch=main"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(workspace.toFile()).redirectErrorStream(true);
        // Set by whoever runs this from a hook, they would lead git to another repository.
        builder.environment().keySet().removeIf(name -> name.startsWith("GIT_"));
        Process git = builder.start();
        git.getOutputStream().close();
        String output = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (git.waitFor() != 0) {
            throw new DemoException(
                    "'" + String.join(" ", command) + "' failed in " + workspace + ": " + output.strip(), null);
        }
    }
}
