/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.event;

import dev.ralph.RunId;
import java.time.Instant;

/** Something that happened in a run. */
public sealed interface RunEvent permits StateEvent, ActivityEvent {

    RunId run();

    Instant at();
}
