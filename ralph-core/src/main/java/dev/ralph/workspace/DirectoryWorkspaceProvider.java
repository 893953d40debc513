/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.workspace;

import dev.ralph.WorkspaceRef;
import dev.ralph.internal.workspace.DirectorySource;
import dev.ralph.spi.ProviderContext;
import dev.ralph.spi.WorkspaceProvider;
import dev.ralph.spi.WorkspaceSource;

/**
 * Workspaces of the type {@code directory}: what {@link WorkspaceRef#directory} names, at the same path on every node that
 * works the run, such as a shared mount. They never move.
 */
public final class DirectoryWorkspaceProvider implements WorkspaceProvider {

    /** For the service loader. */
    public DirectoryWorkspaceProvider() {}

    @Override
    public String id() {
        return WorkspaceRef.DIRECTORY;
    }

    @Override
    public WorkspaceSource create(ProviderContext context) {
        return new DirectorySource();
    }
}
