/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.audit;

import org.jspecify.annotations.Nullable;

/**
 * An entry as it is stored.
 *
 * @param number its place in the trail; grows, with gaps
 * @param entry the entry
 * @param signedBy which key it is signed with, or null if it is not
 */
public record AuditRecord(
        long number, AuditEntry entry, @Nullable String signedBy) {}
