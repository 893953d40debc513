/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.real;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A git repository with one file that counts: {@value #FILE} has the line {@code step 0}.
 *
 * @param path where it is
 */
record Workspace(Path path) {

    static final String FILE = "work.txt";

    static Workspace create(Path path) throws IOException, InterruptedException {
        Workspace workspace = new Workspace(Files.createDirectories(path));
        workspace.git("init", "--quiet");
        Files.writeString(workspace.file(), "step 0\n");
        workspace.git("add", "--all");
        workspace.git("-c", "user.name=T", "-c", "user.email=t@localhost", "commit", "--quiet", "--message=first");
        return workspace;
    }

    /** The file that counts. */
    Path file() {
        return path.resolve(FILE);
    }

    String content() throws IOException {
        return Files.readString(file());
    }

    private void git(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("git"));
        command.addAll(List.of(arguments));
        Process git = new ProcessBuilder(command)
                .directory(path.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(git.waitFor()).as("%s: %s", command, output).isZero();
    }
}
