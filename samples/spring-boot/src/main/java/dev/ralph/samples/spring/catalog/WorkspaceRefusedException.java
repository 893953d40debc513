/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.spring.catalog;

/** A workspace is not where it may be; the cause says where it is. Clients are not told. */
public final class WorkspaceRefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * Makes the exception.
     *
     * @param workspace the name of the workspace
     */
    public WorkspaceRefusedException(String workspace, Throwable cause) {
        super("workspace '" + workspace + "' cannot be used now; its administrator finds the reason in the log", cause);
    }
}
