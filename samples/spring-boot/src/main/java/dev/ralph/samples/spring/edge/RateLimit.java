/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.spring.edge;

import dev.ralph.InvalidValueException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * So many requests in a window of time. Windows are fixed: they begin at whole multiples of their length since 1970, UTC, the
 * same for everybody.
 *
 * @param requests how many, from 1 to {@value #MAX_REQUESTS}
 * @param window how long a window is
 */
public record RateLimit(long requests, Duration window) {

    /** The most requests a window may have. */
    public static final long MAX_REQUESTS = 1_000_000;

    private static final Pattern FORM = Pattern.compile("(\\d{1,7})\\s*/\\s*(second|minute|hour|day)");

    /** Checks the number. */
    public RateLimit {
        if (requests < 1 || requests > MAX_REQUESTS) {
            throw refused(requests + " in " + window);
        }
    }

    /**
     * Reads {@code 100/minute}; the units are second, minute, hour and day.
     *
     * @throws InvalidValueException if the text has another form
     */
    public static RateLimit of(String text) {
        Matcher form = FORM.matcher(text.strip().toLowerCase(Locale.ROOT));
        if (!form.matches()) {
            throw refused(text);
        }
        Duration window = switch (form.group(2)) {
            case "second" -> Duration.ofSeconds(1);
            case "minute" -> Duration.ofMinutes(1);
            case "hour" -> Duration.ofHours(1);
            default -> Duration.ofDays(1);
        };
        return new RateLimit(Long.parseLong(form.group(1)), window);
    }

    /** When the window ends that {@code now} is in. */
    Instant endOfWindow(Instant now) {
        long length = window.toMillis();
        return Instant.ofEpochMilli(Math.floorDiv(now.toEpochMilli(), length) * length + length);
    }

    /** As it is written in configuration, for names of what is counted by it. */
    String code() {
        return requests + "/" + window.toSeconds();
    }

    private static InvalidValueException refused(String text) {
        return new InvalidValueException(
                "rate limit",
                text,
                "must be a number from 1 to " + MAX_REQUESTS
                        + ", a slash and second, minute, hour or day, such as 100/minute (API_RATE_LIMIT, LOGIN_RATE_LIMIT)");
    }
}
