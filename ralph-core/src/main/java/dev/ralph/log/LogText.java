/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.log;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes text from outside fit for logs, where no orchestrator's {@link Redaction} is at hand: what has the shape of a secret
 * is masked, and nothing in it can begin a new line or be obeyed by a terminal. For plug-ins and hosts: whatever a message of
 * a log takes from exceptions, processes, files or people goes through this.
 */
public final class LogText {

    private static final Redaction SHAPES = Redaction.of(List.of());

    private LogText() {}

    /** The text as one safe line; see {@link Redaction#line}. */
    public static String line(@Nullable Object fromOutside) {
        return SHAPES.line(fromOutside);
    }

    /** What was thrown, safe to log; see {@link Redaction#failure}. */
    public static Throwable failure(Throwable failure) {
        return SHAPES.failure(failure);
    }
}
