/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.agents.gemini.internal;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The error object that the client dumps to standard error when the service failed it: the name of its class, and fields
 * of it that standard output lacks. Node prints a field a line, two blanks deep.
 *
 * @param name the class of the error, or an empty text
 * @param status the HTTP status, or null
 * @param retryAfter the delay the service asks for, or null
 */
record ErrorReport(
        String name, @Nullable Integer status, @Nullable Duration retryAfter) {

    static final ErrorReport NONE = new ErrorReport("", null, null);

    private static final String BEGIN = "Error when talking to Gemini API";
    private static final Pattern NAME = Pattern.compile("\\.json _?(\\w{1,100}): ");
    private static final Pattern FIELD = Pattern.compile(" {2}(code|status|retryDelayMs): (\\d{1,12})(?:\\.\\d+)?,?");
    private static final int HIGHEST_STATUS = 999;

    /** The last one at the end of standard error. */
    static ErrorReport in(String tail) {
        int begin = tail.lastIndexOf(BEGIN);
        if (begin < 0) {
            return NONE;
        }
        String text = tail.substring(begin);
        Matcher name = NAME.matcher(text.lines().findFirst().orElse(""));
        Integer status = null;
        Duration retryAfter = null;
        for (String line : text.lines().toList()) {
            Matcher field = FIELD.matcher(line);
            if (field.matches()) {
                long value = Long.parseLong(field.group(2));
                if (field.group(1).equals("retryDelayMs")) {
                    retryAfter = Duration.ofMillis(value);
                } else if (value <= HIGHEST_STATUS) {
                    status = (int) value;
                }
            }
        }
        return new ErrorReport(name.find() ? name.group(1) : "", status, retryAfter);
    }
}
