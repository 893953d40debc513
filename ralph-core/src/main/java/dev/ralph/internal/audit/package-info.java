/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** Makes the entries of the audit trail. */
@NullMarked
package dev.ralph.internal.audit;

import org.jspecify.annotations.NullMarked;
