/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.plain;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A git repository with one commit, and scripts beside it. */
final class Repository {

    private final Path folder;
    private final Path path;

    private Repository(Path folder, Path path) {
        this.folder = folder;
        this.path = path;
    }

    static Repository create(Path folder) throws IOException, InterruptedException {
        Path path = Files.createDirectories(folder.resolve("repo"));
        Repository repository = new Repository(folder, path);
        repository.git("init", "--quiet");
        Files.writeString(path.resolve("README"), "a repository\n");
        repository.git("add", "--all");
        repository.git("-c", "user.name=T", "-c", "user.email=t@localhost", "commit", "--quiet", "--message=first");
        return repository;
    }

    Path path() {
        return path;
    }

    /** The path of the repository, as an argument. */
    String argument() {
        return path.toString();
    }

    /** Writes a script beside the repository, for {@code sh}. */
    String script(String name, String... lines) throws IOException {
        return Files.writeString(folder.resolve(name), String.join("\n", lines) + "\n")
                .toString();
    }

    String git(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("git"));
        command.addAll(List.of(arguments));
        Process git = new ProcessBuilder(command)
                .directory(path.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(git.waitFor()).as("%s: %s", command, output).isZero();
        return output;
    }
}
