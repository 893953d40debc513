/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.workspace;

import dev.ralph.internal.workspace.WorkspaceException.Problem;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Runs git as a direct child process. */
public final class ProcessBuilderGit implements GitRunner {

    private static final int ERROR_LIMIT = 8 << 10;

    /** Needs nothing. */
    public ProcessBuilderGit() {}

    @Override
    public GitOutput run(GitCommand command) throws InterruptedException {
        List<String> all = new ArrayList<>(List.of("git"));
        all.addAll(command.arguments());
        ProcessBuilder builder =
                new ProcessBuilder(all).directory(command.directory().toFile());
        builder.environment().clear();
        builder.environment().putAll(command.environment());
        try {
            Path input = Files.createTempFile("ralph-git", ".in");
            try {
                Files.writeString(input, command.input());
                return await(command, builder.redirectInput(input.toFile()).start());
            } finally {
                Files.deleteIfExists(input);
            }
        } catch (IOException e) {
            throw new WorkspaceException(
                    Problem.GIT_MISSING, "Git cannot be started (" + e.getMessage() + "). Install git.", e);
        }
    }

    private static GitOutput await(GitCommand command, Process process) throws InterruptedException {
        CompletableFuture<byte[]> out =
                CompletableFuture.supplyAsync(() -> drain(process.getInputStream(), command.outputLimit() + 1));
        CompletableFuture<byte[]> err =
                CompletableFuture.supplyAsync(() -> drain(process.getErrorStream(), ERROR_LIMIT));
        try {
            if (!process.waitFor(command.timeout().toMillis(), TimeUnit.MILLISECONDS)) {
                throw new WorkspaceException(
                        Problem.GIT_TIMEOUT, "'" + command.summary() + "' did not end within " + command.timeout());
            }
        } finally {
            process.destroyForcibly();
        }
        byte[] bytes = out.join();
        boolean cut = bytes.length > command.outputLimit();
        String text = new String(bytes, 0, (int) Math.min(bytes.length, command.outputLimit()), StandardCharsets.UTF_8);
        List<String> lines = new ArrayList<>(List.of(text.split("\n", -1)));
        if (lines.get(lines.size() - 1).isEmpty()) {
            lines.remove(lines.size() - 1);
        }
        return new GitOutput(
                command.summary(), process.exitValue(), lines, cut, new String(err.join(), StandardCharsets.UTF_8));
    }

    private static byte[] drain(InputStream stream, long limit) {
        ByteArrayOutputStream kept = new ByteArrayOutputStream();
        byte[] buffer = new byte[8192];
        try (stream) {
            for (int read = stream.read(buffer); read >= 0; read = stream.read(buffer)) {
                kept.write(buffer, 0, (int) Math.min(read, Math.max(0, limit - kept.size())));
            }
        } catch (IOException e) {
            return kept.toByteArray();
        }
        return kept.toByteArray();
    }
}
