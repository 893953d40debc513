/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.spring.web;

import dev.ralph.samples.spring.catalog.HostProperties;
import dev.ralph.samples.spring.problem.ProblemException;
import dev.ralph.samples.spring.problem.ProblemType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerExceptionResolver;

/**
 * Refuses bodies that are too large: at once if they say so, else while they are read; and those that take too long. Stands
 * behind authentication: whoever has no business here is not read at all.
 */
@Component
@Order(BodyBoundsFilter.BEHIND_SECURITY)
final class BodyBoundsFilter extends OncePerRequestFilter {

    /** Spring Security's filter has the order -100. */
    static final int BEHIND_SECURITY = -50;

    private static final int RETRY_SECONDS = 1;

    /** For a body of nobody's, which is that of a set-up: it fits into one packet. */
    private static final Duration PATIENCE_WITH_STRANGERS = Duration.ofSeconds(2);

    private final long max;
    private final Duration timeout;
    private final Places places;
    private final HandlerExceptionResolver problems;

    BodyBoundsFilter(
            HostProperties properties, @Lazy @Qualifier("handlerExceptionResolver") HandlerExceptionResolver problems) {
        this.max = properties.requests().maxBody().toBytes();
        this.timeout = properties.requests().bodyTimeout();
        this.places =
                new Places(properties.requests().bodies(), properties.requests().bodiesPerCaller());
        this.problems = problems;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (request.getContentLengthLong() > max) {
            // The rest of the body is not read, so that the connection cannot be used again.
            response.setHeader("Connection", "close");
            problems.resolveException(request, response, null, BodyRefusedException.tooLarge(max));
        } else if (hasBody(request)) {
            inPlace(request, response, chain);
        } else {
            chain.doFilter(request, response);
        }
    }

    private static boolean hasBody(HttpServletRequest request) {
        return request.getContentLengthLong() > 0 || request.getHeader("Transfer-Encoding") != null;
    }

    private void inPlace(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String caller = String.valueOf(request.getRemoteUser());
        switch (places.take(caller)) {
            case GIVEN -> {
                try {
                    chain.doFilter(new Bounded(request), response);
                } finally {
                    places.giveBack(caller);
                }
            }
            case CALLER_HAS_TOO_MANY ->
                refuse(
                        request,
                        response,
                        ProblemType.TOO_MANY_REQUESTS,
                        "You are sending as many bodies at once as one caller may; wait until one has arrived.");
            case ALL_TAKEN ->
                refuse(
                        request,
                        response,
                        ProblemType.UNAVAILABLE,
                        "This node is reading as many bodies as it can at once; send it again.");
        }
    }

    /** The body is not read, so that the connection cannot be used again. */
    private void refuse(HttpServletRequest request, HttpServletResponse response, ProblemType type, String detail) {
        response.setHeader("Connection", "close");
        problems.resolveException(request, response, null, new ProblemException(type, detail, RETRY_SECONDS));
    }

    private final class Bounded extends HttpServletRequestWrapper {

        private @Nullable BoundedBody body;
        private @Nullable BufferedReader reader;

        Bounded(HttpServletRequest request) {
            super(request);
        }

        @Override
        public ServletInputStream getInputStream() throws IOException {
            if (body == null) {
                body = new BoundedBody(
                        super.getInputStream(), max, getRemoteUser() == null ? PATIENCE_WITH_STRANGERS : timeout);
            }
            return body;
        }

        @Override
        public BufferedReader getReader() throws IOException {
            if (reader == null) {
                String encoding = getCharacterEncoding();
                reader = new BufferedReader(new InputStreamReader(
                        getInputStream(), encoding == null ? StandardCharsets.UTF_8.name() : encoding));
            }
            return reader;
        }
    }
}
