/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.workspace;

import dev.ralph.WorkspaceException;
import dev.ralph.WorkspaceException.Problem;
import dev.ralph.process.Environment;
import dev.ralph.process.OutputChannel;
import dev.ralph.process.OutputLimits;
import dev.ralph.process.ProcessEnd;
import dev.ralph.process.ProcessExit;
import dev.ralph.process.ProcessInput;
import dev.ralph.process.ProcessLauncher;
import dev.ralph.process.ProcessListener;
import dev.ralph.process.ProcessSpec;
import dev.ralph.process.ProcessStartException;
import dev.ralph.process.ProcessTimeouts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Runs git in the containment that agents run in. Should git ever start a program that the repository names, that program
 * is dead when git is, and cannot hold Ralph up for longer than the time limit.
 */
public final class ContainedGit implements GitRunner {

    private static final Duration GRACE = Duration.ofSeconds(1);
    private static final int NO_SUCH_PROGRAM = 127;
    private static final long LINE_LIMIT = 1 << 20;
    private static final long ERROR_LIMIT = 64 << 10;

    private final ProcessLauncher launcher;

    /**
     * Runs git through a launcher.
     *
     * @param launcher not closed by this object
     */
    public ContainedGit(ProcessLauncher launcher) {
        this.launcher = launcher;
    }

    @Override
    public GitOutput run(GitCommand command) throws InterruptedException {
        List<String> line = new ArrayList<>(List.of("git"));
        line.addAll(command.arguments());
        Ended ended = process(command, line, command.environment(), command.input(), command.outputLimit());
        return new GitOutput(command.summary(), ended.exitCode(), ended.lines(), ended.cut(), ended.errors());
    }

    @Override
    public List<GitOutput> runAll(List<GitCommand> commands) throws InterruptedException {
        GitBatch batch = new GitBatch(commands);
        if (!batch.isPossible()) {
            return GitRunner.super.runAll(commands);
        }
        Ended ended = process(
                batch.first(), batch.processArguments(), batch.environment(), batch.input(), batch.outputLimit());
        List<GitOutput> outputs = batch.outputs(ended.lines(), ended.cut(), ended.errors());
        if (outputs.stream().anyMatch(output -> output.exitCode() == NO_SUCH_PROGRAM)) {
            throw missing(ended.errors().strip(), null);
        }
        return outputs;
    }

    private Ended process(
            GitCommand command, List<String> line, Map<String, String> environment, String input, long outputLimit)
            throws InterruptedException {
        Lines lines = new Lines();
        ProcessSpec spec = ProcessSpec.builder(line)
                .directory(command.directory())
                .environment(Environment.empty().with(environment))
                .input(input.isEmpty() ? ProcessInput.none() : ProcessInput.text(input))
                .limits(new OutputLimits(Math.min(LINE_LIMIT, outputLimit), outputLimit, outputLimit + ERROR_LIMIT))
                .timeouts(new ProcessTimeouts(command.timeout(), command.timeout(), GRACE))
                .build();
        ProcessExit exit;
        try {
            exit = launcher.start(spec, lines).await();
        } catch (ProcessStartException e) {
            throw notStarted(command, e);
        }
        return switch (exit.end()) {
            case EXITED ->
                new Ended(
                        exit.exitCode().orElseThrow(),
                        lines.all,
                        exit.stdout().cut(),
                        exit.stderr().head());
            case WALL_TIMEOUT, IDLE_TIMEOUT ->
                throw new WorkspaceException(
                        Problem.GIT_TIMEOUT,
                        "'" + command.summary() + "' in " + command.directory() + " did not end within "
                                + command.timeout() + ". Look for a hanging file system or a very large repository,"
                                + " or raise the timeout.");
            case TERMINATED, KILLED, SUPERVISOR_LOST, HOST_SILENT -> throw stopped(command, exit.end());
        };
    }

    private record Ended(int exitCode, List<String> lines, boolean cut, String errors) {}

    private static WorkspaceException stopped(GitCommand command, ProcessEnd end) {
        return new WorkspaceException(
                Problem.GIT_FAILED,
                "'" + command.summary() + "' in " + command.directory() + " was stopped (" + end + "). Repeat it.");
    }

    private static WorkspaceException missing(String why, @Nullable Throwable cause) {
        return new WorkspaceException(
                Problem.GIT_MISSING,
                "Git cannot be run: " + why
                        + " Install git and put it on the PATH, or open the workspace without version control.",
                cause);
    }

    private static WorkspaceException notStarted(GitCommand command, ProcessStartException e) {
        return switch (e.reason()) {
            case NOT_FOUND, NOT_EXECUTABLE -> missing(String.valueOf(e.getMessage()), e);
            case BAD_DIRECTORY -> new WorkspaceException(Problem.MISSING, e.getMessage(), e);
            case BAD_INPUT, OTHER ->
                new WorkspaceException(
                        Problem.GIT_FAILED, "'" + command.summary() + "' cannot be run: " + e.getMessage(), e);
        };
    }

    private static final class Lines implements ProcessListener {

        private final List<String> all = new ArrayList<>();

        @Override
        public void line(OutputChannel channel, String line, boolean cut) {
            if (channel == OutputChannel.STDOUT) {
                all.add(line);
            }
        }
    }
}
