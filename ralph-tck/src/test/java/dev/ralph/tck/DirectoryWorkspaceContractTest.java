/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.tck;

import dev.ralph.WorkspaceRef;
import dev.ralph.process.ProcessLauncher;
import dev.ralph.spi.WorkspaceSource;
import dev.ralph.workspace.DirectoryWorkspaceProvider;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

class DirectoryWorkspaceContractTest extends WorkspaceSourceContract {

    private final ProcessLauncher processes = ProcessLauncher.create();

    @TempDir
    private Path folder;

    @AfterEach
    void closeLauncher() {
        processes.close();
    }

    @Override
    protected WorkspaceSource open(String node) {
        return new DirectoryWorkspaceProvider().create(new NodeContext(Map.of(), processes));
    }

    @Override
    protected WorkspaceRef ref() {
        return WorkspaceRef.directory(folder);
    }
}
