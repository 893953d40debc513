/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.health;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * A part of an orchestrator that has something to say of health. It is asked once, when the orchestrator has been assembled.
 * A part that wraps another one passes on what that says.
 */
public interface HealthSource {

    /** What is to be checked of it; none by default. */
    default List<HealthProbe> healthProbes() {
        return List.of();
    }

    /** Folders of this host it writes to, whose disks are watched; none by default. */
    default Set<Path> diskFolders() {
        return Set.of();
    }
}
