/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.spring.catalog;

import dev.ralph.ConfigurationException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;
import org.springframework.util.FileSystemUtils;

/** A small git repository with failing checks to try things out on, and the script that mends it: the demo's agent. */
@Component
public final class DemoWorkspace {

    /** The name of the workspace and of its gate set, and the folder below the root. */
    public static final String NAME = "demo";

    /** The name of the agent. */
    static final String AGENT = "scripted";

    private static final String RESOURCES = "/dev/ralph/samples/spring/demo/";

    private final HostProperties properties;

    public DemoWorkspace(HostProperties properties) {
        this.properties = properties;
    }

    /**
     * Makes the root of workspaces, and what is missing of the demo. A demo that is there is left as it is; its agent is
     * written anew, as this version has it.
     *
     * @throws ConfigurationException if a folder cannot be made
     */
    public void ensure() {
        Path folder = properties.home().resolve(NAME);
        try {
            PrivateFolder.make(properties.home());
            PrivateFolder.make(properties.workspaceRoot());
            if (!properties.demo()) {
                return;
            }
            PrivateFolder.make(folder);
            write("agent.sh", folder);
            Path workspace = properties.workspaceRoot().resolve(NAME);
            if (!Files.exists(workspace)) {
                make(workspace);
            }
        } catch (IOException e) {
            throw new ConfigurationException(
                    "the data folder '" + properties.home() + "' or the workspaces in '" + properties.workspaceRoot()
                            + "' cannot be made (" + e + "); set HOST_HOME and host.workspace-root to folders this"
                            + " process may write, or host.demo=false",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ConfigurationException("the demo was not made: interrupted", e);
        }
    }

    /** In a folder of its own first: a start that is cut off leaves no half of it. */
    private static void make(Path workspace) throws IOException, InterruptedException {
        Path unfinished = Files.createTempDirectory(workspace.toAbsolutePath().getParent(), ".demo-");
        for (String file : List.of("calc.sh", "check.sh", "TASK.md")) {
            write(file, unfinished);
        }
        git(unfinished, "init", "--quiet");
        git(unfinished, "add", "--all");
        git(
                unfinished,
                "-c",
                "user.name=Ralph demo",
                "-c",
                "user.email=demo@localhost",
                "-c",
                "commit.gpgSign=false",
                "commit",
                "--quiet",
                "--message=A calculator that does not calculate");
        place(unfinished, workspace);
    }

    /** Another instance that started at the same time may have been faster: then its workspace is the demo. */
    static void place(Path unfinished, Path workspace) throws IOException {
        try {
            Files.move(unfinished, workspace, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            FileSystemUtils.deleteRecursively(unfinished);
            if (!Files.isDirectory(workspace)) {
                throw e;
            }
        }
    }

    /** What is configured, and the demo's own beside it if there is a demo. Something configured by that name stays. */
    static <S> Map<String, S> beside(Map<String, S> configured, boolean demo, String name, S own) {
        Map<String, S> all = new LinkedHashMap<>(configured);
        if (demo) {
            all.putIfAbsent(name, own);
        }
        return all;
    }

    private static void write(String name, Path folder) throws IOException {
        Path unfinished = Files.createTempFile(folder, name, ".new", PrivateFolder.rights("rw-------"));
        try (InputStream in = DemoWorkspace.class.getResourceAsStream(RESOURCES + name)) {
            if (in == null) {
                throw new IOException("this program lacks its file " + name);
            }
            Files.write(unfinished, in.readAllBytes());
        }
        Files.move(unfinished, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    }

    private static void git(Path workspace, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("git", "-c", "init.defaultBranch=main"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(workspace.toFile()).redirectErrorStream(true);
        // Set by whoever starts this from a hook, they would lead git to another repository.
        builder.environment().keySet().removeIf(name -> name.startsWith("GIT_"));
        Process git = builder.start();
        git.getOutputStream().close();
        String output = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (git.waitFor() != 0) {
            throw new IOException("'" + String.join(" ", command) + "' failed: " + output.strip());
        }
    }
}
