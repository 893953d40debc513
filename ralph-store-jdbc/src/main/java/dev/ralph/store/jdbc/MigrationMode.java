/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc;

/** What opening a store does about the database's schema. */
public enum MigrationMode {
    /** Creates the schema or brings it up to date; needs a role that may. Nodes that start at once take turns. */
    RUN,
    /** Changes nothing, and refuses to start unless the schema is there and this version of Ralph can work with it. */
    VALIDATE,
    /** Looks at nothing: the host knows. */
    NONE
}
