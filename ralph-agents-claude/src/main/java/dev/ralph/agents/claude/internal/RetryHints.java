/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.agents.claude.internal;

import dev.ralph.agent.cli.JsonEvent;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How long the service asks to wait, from what the client lets through of it. A limit of the account comes with the time of
 * its reset. A {@code retry-after} header shows only in the delay the client announces before it tries again by itself: that
 * delay is the header's, or the client's own, which starts at half a second, doubles up to 32 seconds and adds a quarter at
 * most. What is longer is the service's wish. Of a wish that the client finds too long to wait for (a minute or more), it
 * says nothing.
 */
final class RetryHints {

    private static final long FIRST_DELAY_MS = 500;
    private static final int MAX_DOUBLINGS = 6;

    private @Nullable Duration asked;
    private @Nullable Instant resetsAt;

    /** {@code system/api_retry}. */
    void retry(JsonEvent event) {
        Long delay = event.number("retry_delay_ms");
        Long attempt = event.number("attempt");
        if (delay == null || attempt == null || attempt < 1) {
            return;
        }
        long own = (FIRST_DELAY_MS << Math.min(attempt - 1, MAX_DOUBLINGS)) * 5 / 4;
        asked = delay > own ? Duration.ofMillis(delay) : null;
    }

    /** {@code rate_limit_info}, wherever it is. */
    void limit(JsonEvent info) {
        Long reset = info.number("resetsAt");
        if (info.text("status", "").equals("rejected") && reset != null) {
            resetsAt = instant(reset);
        }
    }

    /** The service answered, so what it asked before is over. */
    void answered() {
        asked = null;
        resetsAt = null;
    }

    /** How long to wait from now, or null if the service does not say. */
    @Nullable Duration retryAfter(Instant now) {
        if (resetsAt == null || !resetsAt.isAfter(now)) {
            return asked;
        }
        return Duration.between(now, resetsAt);
    }

    private static @Nullable Instant instant(long seconds) {
        return seconds > 0 && seconds < Instant.MAX.getEpochSecond() ? Instant.ofEpochSecond(seconds) : null;
    }
}
