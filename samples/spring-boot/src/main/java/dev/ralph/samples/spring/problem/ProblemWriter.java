/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.spring.problem;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Refuses a request from within a filter, where no handler of exceptions is near, in the form handlers have. */
@Component
public final class ProblemWriter {

    private static final String CHALLENGE = "Bearer realm=\"ralph\"";

    private final JsonMapper json;

    /** Writes with the mapper of the host. */
    public ProblemWriter(JsonMapper json) {
        this.json = json;
    }

    /** 400: the request is not one this host takes. */
    public void badRequest(HttpServletRequest request, HttpServletResponse response, String detail) throws IOException {
        write(request, response, ProblemType.INVALID_REQUEST, detail);
    }

    /**
     * 401: nobody, or not who it claims to be. Never says which part of a credential was wrong.
     *
     * @param presented whether there was a credential
     */
    public void unauthorized(HttpServletRequest request, HttpServletResponse response, boolean presented)
            throws IOException {
        response.setHeader(
                HttpHeaders.WWW_AUTHENTICATE, presented ? CHALLENGE + ", error=\"invalid_token\"" : CHALLENGE);
        write(
                request,
                response,
                ProblemType.UNAUTHENTICATED,
                presented
                        ? "The credential is not valid. It may have expired or have been revoked."
                        : "Send an API key or a token as 'Authorization: Bearer …'.");
    }

    /** 403: known, but not allowed to do this. */
    public void forbidden(HttpServletRequest request, HttpServletResponse response, String detail) throws IOException {
        write(request, response, ProblemType.FORBIDDEN, detail);
    }

    /** 429: too many requests; the client may try again after a time, which is told in whole seconds. */
    public void tooMany(HttpServletRequest request, HttpServletResponse response, Duration retryAfter, String detail)
            throws IOException {
        retryAfter(response, retryAfter);
        write(request, response, ProblemType.TOO_MANY_REQUESTS, detail);
    }

    /** 503: what is needed to answer is away for the moment. */
    public void unavailable(HttpServletRequest request, HttpServletResponse response, String detail)
            throws IOException {
        retryAfter(response, Duration.ofSeconds(5));
        write(request, response, ProblemType.UNAVAILABLE, detail);
    }

    /** An error of which only the status is known, of a request that may not have been understood. */
    public void ofStatus(HttpServletResponse response, int status) throws IOException {
        ProblemDetail problem = ProblemType.ofStatus(status);
        send(response, problem, fields(problem));
    }

    private static void retryAfter(HttpServletResponse response, Duration time) {
        response.setHeader(
                HttpHeaders.RETRY_AFTER,
                Long.toString(Math.max(1, time.plusMillis(999).toSeconds())));
    }

    private void write(HttpServletRequest request, HttpServletResponse response, ProblemType type, String detail)
            throws IOException {
        if (response.isCommitted()) {
            return;
        }
        ProblemDetail problem = type.problem(detail);
        Map<String, Object> fields = fields(problem);
        fields.put("instance", request.getRequestURI());
        send(response, problem, fields);
    }

    private static Map<String, Object> fields(ProblemDetail problem) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("type", String.valueOf(problem.getType()));
        fields.put("title", String.valueOf(problem.getTitle()));
        fields.put("status", problem.getStatus());
        fields.put("detail", String.valueOf(problem.getDetail()));
        return fields;
    }

    private void send(HttpServletResponse response, ProblemDetail problem, Map<String, Object> fields)
            throws IOException {
        byte[] body = json.writeValueAsBytes(fields);
        response.setStatus(problem.getStatus());
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }
}
