/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.observation;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The W3C trace context as it crosses from one process to another: by the headers {@code traceparent} and {@code tracestate}.
 * Nothing else is passed on, baggage least of all: what a host puts there is not for the store, nor for agents.
 */
public final class TraceHeaders {

    private static final String PARENT = "traceparent";
    private static final String STATE = "tracestate";
    private static final Pattern VALID_PARENT =
            Pattern.compile("[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}(-[!-~]{1,100})?");

    /** As long as every implementation has to pass on. */
    private static final Pattern VALID_STATE = Pattern.compile("[ -~]{1,512}");

    private TraceHeaders() {}

    /** Adds a header to a carrier, if it is one of the two. */
    public static void set(@Nullable Map<String, String> carrier, String header, String value) {
        String name = header.toLowerCase(Locale.ROOT);
        if (carrier != null && isValid(name, value)) {
            carrier.put(name, value);
        }
    }

    /** Those of the headers that can be passed on. A state without its parent means nothing. */
    public static Map<String, String> of(@Nullable Map<String, String> headers) {
        Map<String, String> valid = new LinkedHashMap<>();
        if (headers != null && headers.containsKey(PARENT)) {
            headers.forEach((name, value) -> set(valid, name, value));
        }
        return valid.containsKey(PARENT) ? valid : Map.of();
    }

    /** The same as variables of a process. */
    public static Map<String, String> environment(@Nullable Map<String, String> headers) {
        Map<String, String> variables = new LinkedHashMap<>();
        of(headers).forEach((name, value) -> variables.put(name.toUpperCase(Locale.ROOT), value));
        return variables;
    }

    private static boolean isValid(String header, String value) {
        return switch (header) {
            case PARENT -> VALID_PARENT.matcher(value).matches();
            case STATE -> VALID_STATE.matcher(value).matches();
            default -> false;
        };
    }
}
