/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** The audit trail: who did what to which run, from where, when. How it is kept and checked is told in docs/audit.md. */
@NullMarked
package dev.ralph.audit;

import org.jspecify.annotations.NullMarked;
