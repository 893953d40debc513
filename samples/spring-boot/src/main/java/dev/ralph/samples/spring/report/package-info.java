/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** Costs and the audit trail over HTTP. */
@NullMarked
package dev.ralph.samples.spring.report;

import org.jspecify.annotations.NullMarked;
