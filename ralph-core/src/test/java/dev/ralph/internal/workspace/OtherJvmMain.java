/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.workspace;

import dev.ralph.RunId;
import dev.ralph.WorkspaceException;
import dev.ralph.process.ProcessLauncher;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/** What tests have done by another JVM. */
final class OtherJvmMain {

    /** The run for which it works. */
    static final RunId RUN = RunId.parse("01a20964-7781-7f33-973a-8e83e5f8ca5b");

    private OtherJvmMain() {}

    public static void main(String[] arguments) throws Exception {
        Path directory = Path.of(arguments[1]);
        try (ProcessLauncher launcher = ProcessLauncher.create()) {
            GitRunner git = new ContainedGit(launcher);
            switch (arguments[0]) {
                case "open" -> open(directory, git);
                case "lock" -> lock(directory, git);
                case "checkpoint" -> checkpoint(directory, git);
                case "delete" -> delete(directory);
                case "crash" -> crash(directory, git, arguments);
                default -> throw new IllegalArgumentException(arguments[0]);
            }
        }
    }

    private static void open(Path directory, GitRunner git) throws InterruptedException {
        try {
            say(Workspace.open(directory, WorkspaceOptions.defaults(), git).toString());
        } catch (WorkspaceException e) {
            say(e.problem() + " " + String.valueOf(e.getMessage()).replace('\n', ' '));
        }
    }

    /** Says whether it got the lock, and holds it until standard input ends. */
    private static void lock(Path directory, GitRunner git) throws Exception {
        Workspace workspace = Workspace.open(directory, WorkspaceOptions.defaults(), git);
        WorkspaceLock.Attempt attempt = workspace.tryLock(LockHolder.thisProcess(RUN, Instant.now()));
        if (attempt instanceof WorkspaceLock.Busy busy) {
            say("busy " + busy.message());
            return;
        }
        say("locked");
        System.in.readAllBytes();
        ((WorkspaceLock.Acquired) attempt).lock().close();
    }

    private static void checkpoint(Path directory, GitRunner git) throws InterruptedException {
        GitWorkspace workspace = (GitWorkspace) Workspace.open(directory, WorkspaceOptions.defaults(), git);
        CheckpointResult result =
                workspace.checkpoint(new CheckpointRequest(RUN, "lease", 0, 0, Checkpoint.Kind.ITERATION));
        say(String.join(
                ",",
                result.leftOut().stream()
                        .map(file -> file.path() + "=" + file.reason())
                        .toList()));
    }

    private static void delete(Path directory) {
        try {
            PrivateFiles.deleteTree(directory);
            say("deleted");
        } catch (WorkspaceException e) {
            say(String.valueOf(e.getMessage()));
        }
    }

    /** Dies without notice before or after one of the calls of git. */
    private static void crash(Path directory, GitRunner git, String[] arguments) throws InterruptedException {
        int fatal = Integer.parseInt(arguments[3]);
        boolean after = arguments[4].equals("after");
        GitWorkspace workspace =
                (GitWorkspace) Workspace.open(directory, WorkspaceOptions.defaults(), new Crashing(git, fatal, after));
        CheckpointRequest request = new CheckpointRequest(RUN, "lease-1", 0, 0, Checkpoint.Kind.ITERATION);
        if (arguments[2].equals("checkpoint")) {
            workspace.checkpoint(request);
        } else {
            workspace.rollback(arguments[2], request);
        }
    }

    private static void say(String line) {
        System.out.println(line);
        System.out.flush();
    }

    /** Git in a JVM that dies at a given call. */
    private static final class Crashing implements GitRunner {

        static final int EXIT_CODE = 77;

        private final GitRunner git;
        private final int fatal;
        private final boolean after;
        private int calls;

        Crashing(GitRunner git, int fatal, boolean after) {
            this.git = git;
            this.fatal = fatal;
            this.after = after;
        }

        @Override
        public GitOutput run(GitCommand command) throws InterruptedException {
            return runAll(List.of(command)).get(0);
        }

        @Override
        public List<GitOutput> runAll(List<GitCommand> commands) throws InterruptedException {
            boolean dies = calls++ == fatal;
            if (dies && !after) {
                Runtime.getRuntime().halt(EXIT_CODE);
            }
            List<GitOutput> outputs = commands.size() == 1 ? List.of(git.run(commands.get(0))) : git.runAll(commands);
            if (dies) {
                Runtime.getRuntime().halt(EXIT_CODE);
            }
            return outputs;
        }
    }
}
