/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * What happens in a run, as sealed types: {@link dev.ralph.event.StateEvent} are durable and ordered,
 * {@link dev.ralph.event.ActivityEvent} are best effort.
 */
@NullMarked
package dev.ralph.event;

import org.jspecify.annotations.NullMarked;
