/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.spring.access;

/** What a caller may do within its tenant; each may do what those before it may. */
public enum Role {
    /** Look. */
    VIEWER,
    /** Submit runs and command them. */
    OPERATOR,
    /** Read the audit trail and issue API keys. */
    ADMIN
}
