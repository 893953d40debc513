/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Makes real git repositories for tests. */
public final class GitRepository {

    private GitRepository() {}

    /** A repository with one commit. */
    public static Path create(Path directory) throws IOException, InterruptedException {
        Files.createDirectories(directory);
        git(directory, "init", "-q", "-b", "main");
        Files.writeString(directory.resolve("README"), "a repository\n");
        git(directory, "add", "README");
        git(directory, "commit", "-q", "-m", "first");
        return directory;
    }

    /** Runs git and gives what it printed; fails if git fails. */
    public static String git(Path directory, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                "git", "-c", "user.name=Test", "-c", "user.email=test@localhost", "-c", "commit.gpgsign=false"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }
}
