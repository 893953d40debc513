/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.loop;

import dev.ralph.RunId;
import dev.ralph.internal.workspace.ContainedGit;
import dev.ralph.internal.workspace.LockHolder;
import dev.ralph.internal.workspace.Workspace;
import dev.ralph.internal.workspace.WorkspaceLock;
import dev.ralph.internal.workspace.WorkspaceOptions;
import dev.ralph.process.ProcessLauncher;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;

/** A process of its own that holds a workspace until its standard input ends. */
final class WorkspaceHolder {

    private WorkspaceHolder() {}

    public static void main(String[] arguments) throws Exception {
        try (ProcessLauncher processes = ProcessLauncher.create()) {
            Workspace workspace =
                    Workspace.open(Path.of(arguments[0]), WorkspaceOptions.defaults(), new ContainedGit(processes));
            hold(workspace);
        }
    }

    @SuppressWarnings("SystemOut")
    private static void hold(Workspace workspace) throws IOException, InterruptedException {
        Instant now = Instant.now();
        if (workspace.tryLock(LockHolder.thisProcess(RunId.create(now), now)) instanceof WorkspaceLock.Acquired held) {
            System.out.println("held");
            while (System.in.read() >= 0) {
                System.out.println("still held");
            }
            held.lock().close();
        }
    }
}
