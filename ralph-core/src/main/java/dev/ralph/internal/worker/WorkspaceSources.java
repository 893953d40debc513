/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.worker;

import dev.ralph.ConfigurationException;
import dev.ralph.RunId;
import dev.ralph.WorkspaceRef;
import dev.ralph.internal.config.NearestName;
import dev.ralph.spi.WorkspaceSource;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** The kinds of workspaces this node can make ready. Thread-safe. */
public final class WorkspaceSources {

    private final Map<String, WorkspaceSource> byType;

    public WorkspaceSources(Map<String, WorkspaceSource> byType) {
        this.byType = Map.copyOf(byType);
    }

    /**
     * The source of a workspace.
     *
     * @throws ConfigurationException if no source of its type is registered here
     */
    public WorkspaceSource of(WorkspaceRef ref) {
        return find(ref)
                .orElseThrow(() -> new ConfigurationException("workspaces of the type '" + ref.type()
                        + "' are not known here; there are " + new TreeSet<>(byType.keySet()) + ", did you mean '"
                        + NearestName.of(ref.type(), new TreeSet<>(byType.keySet()))
                        + "'? Others need their WorkspaceProvider on the class path, or on the builder"));
    }

    /** What no two runs may use at once; a node that does not know the type leaves that to those that do. */
    public String key(RunId run, WorkspaceRef ref) {
        return find(ref).map(source -> source.key(run, ref)).orElseGet(run::toString);
    }

    /** All of them. */
    public Collection<WorkspaceSource> all() {
        return byType.values();
    }

    private Optional<WorkspaceSource> find(WorkspaceRef ref) {
        return Optional.ofNullable(byType.get(ref.type()));
    }
}
