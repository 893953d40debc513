/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.spring.edge;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The headers {@code RateLimit-Policy} and {@code RateLimit} in the form of draft-ietf-httpapi-ratelimit-headers-10, one item
 * for each way a request was counted.
 */
public final class RateHeaders {

    private static final String VERDICTS = RateHeaders.class.getName();

    private RateHeaders() {}

    /** Adds one more to what was counted before in the same request. */
    public static void add(HttpServletRequest request, HttpServletResponse response, Verdict verdict) {
        List<Verdict> verdicts = new ArrayList<>();
        if (request.getAttribute(VERDICTS) instanceof List<?> before) {
            before.stream().map(Verdict.class::cast).forEach(verdicts::add);
        }
        verdicts.add(verdict);
        request.setAttribute(VERDICTS, verdicts);
        response.setHeader(
                "RateLimit-Policy",
                verdicts.stream()
                        .map(each -> "\"%s\";q=%d;w=%d"
                                .formatted(
                                        each.name(),
                                        each.limit().requests(),
                                        each.limit().window().toSeconds()))
                        .collect(Collectors.joining(", ")));
        response.setHeader(
                "RateLimit",
                verdicts.stream()
                        .map(each -> "\"%s\";r=%d;t=%d"
                                .formatted(
                                        each.name(),
                                        each.remaining(),
                                        each.untilReset().plusMillis(999).toSeconds()))
                        .collect(Collectors.joining(", ")));
    }
}
