/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ralph.WorkspaceRef;
import dev.ralph.process.ProcessLauncher;
import dev.ralph.spi.WorkspaceSource;
import dev.ralph.workspace.GitWorkspaceProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

class GitWorkspaceContractTest extends MovingWorkspaceSourceContract {

    private final ProcessLauncher processes = ProcessLauncher.create();

    @TempDir
    private Path folder;

    @AfterEach
    void closeLauncher() {
        processes.close();
    }

    @Override
    protected WorkspaceSource open(String node) {
        return new GitWorkspaceProvider()
                .create(new NodeContext(
                        Map.of(
                                GitWorkspaceProvider.FOLDER,
                                folder.resolve("clones-" + node).toString()),
                        processes));
    }

    @Override
    protected WorkspaceRef ref() throws IOException, InterruptedException {
        Path project = Files.createDirectories(folder.resolve("project"));
        git(project, "init", "-q");
        Files.writeString(project.resolve("file"), "content\n");
        git(project, "add", "file");
        git(project, "-c", "user.name=Test", "-c", "user.email=test@localhost", "commit", "-q", "-m", "first");
        Path remote = folder.resolve("remote.git");
        git(project, "clone", "-q", "--bare", ".", remote.toString());
        return WorkspaceRef.git(remote.toString());
    }

    private static void git(Path directory, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("git"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .inheritIO()
                .start();
        assertThat(process.waitFor()).isZero();
    }
}
