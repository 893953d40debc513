/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.agents.gemini.internal;

import dev.ralph.agent.cli.JsonEvent;
import dev.ralph.agent.cli.JsonEventReader;
import dev.ralph.agent.cli.JsonShape;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An error of the service, as the client passes it on: {@code [API Error: …]}, around a
 * <a href="https://google.aip.dev/193">{@code google.rpc.Status}</a> in JSON or the message of one.
 *
 * @param code the HTTP status, or null
 * @param reason the reason of an {@code ErrorInfo}, or null
 * @param retryAfter the delay of a {@code RetryInfo}, or null
 * @param daily whether a quota for a day is used up
 * @param message the service's message
 */
record ApiError(
        @Nullable Integer code,
        @Nullable String reason,
        @Nullable Duration retryAfter,
        boolean daily,
        String message) {

    private static final String BEGIN = "[API Error: ";
    private static final char END = ']';

    private static final JsonShape SHAPE = JsonShape.of(
            "error.code",
            "error.message",
            "error.details.reason",
            "error.details.retryDelay",
            "error.details.violations.quotaId");

    /** A protobuf duration in JSON. */
    private static final Pattern SECONDS = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,9})?)s");

    private static final double MILLIS = 1000;

    /** Reads what the client reports; without JSON in it only the message is known. */
    static ApiError in(String reported) {
        String inner = unwrapped(reported);
        JsonEvent status = new JsonEventReader(SHAPE).read(inner, false);
        if (status == null || !status.has("error")) {
            return new ApiError(null, null, null, false, inner);
        }
        JsonEvent error = status.object("error");
        Long code = error.number("code");
        String reason = null;
        Duration retryAfter = null;
        boolean daily = false;
        for (JsonEvent detail : error.objects("details")) {
            reason = detail.text("reason") == null ? reason : detail.text("reason");
            Duration delay = duration(detail.text("retryDelay", ""));
            retryAfter = delay == null ? retryAfter : delay;
            daily |= isDaily(detail.objects("violations"));
        }
        return new ApiError(
                code == null || code < 0 || code > 999 ? null : code.intValue(),
                reason,
                retryAfter,
                daily,
                error.text("message", inner));
    }

    private static String unwrapped(String reported) {
        if (!reported.startsWith(BEGIN)) {
            return reported;
        }
        // After the bracket the client may add advice of its own.
        int end = reported.lastIndexOf(END);
        return end < 0 ? reported.substring(BEGIN.length()) : reported.substring(BEGIN.length(), end);
    }

    private static @Nullable Duration duration(String text) {
        Matcher seconds = SECONDS.matcher(text);
        return seconds.matches() ? Duration.ofMillis((long) (Double.parseDouble(seconds.group(1)) * MILLIS)) : null;
    }

    private static boolean isDaily(List<JsonEvent> violations) {
        return violations.stream()
                .anyMatch(violation -> violation.text("quotaId", "").contains("PerDay"));
    }
}
