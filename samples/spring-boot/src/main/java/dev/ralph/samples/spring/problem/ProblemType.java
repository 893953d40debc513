/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.spring.problem;

import java.net.URI;
import java.util.Arrays;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;

/** What can go wrong, as clients tell it apart: {@link #uri} never changes its meaning. */
public enum ProblemType {
    /** A value is missing, unknown or outside its range; {@code errors} names each. */
    INVALID_REQUEST(400, "invalid-request", "The request has a value that cannot be accepted"),
    /** The body is no JSON, or not of the form this needs. */
    MALFORMED_BODY(400, "malformed-body", "The body cannot be read"),
    /** Nobody has said who is asking, or not so that it can be believed. */
    UNAUTHENTICATED(401, "unauthenticated", "Authentication is required"),
    /** The caller's role does not allow this. */
    FORBIDDEN(403, "forbidden", "The caller may not do this"),
    /** There is nothing at this address. */
    NOT_FOUND(404, "not-found", "There is nothing at this address"),
    /** There is no such run in the caller's tenant. */
    RUN_NOT_FOUND(404, "run-not-found", "There is no such run"),
    /** Something of a run that is not there: an attempt, a gate, a checkpoint, a full output. */
    PART_NOT_FOUND(404, "part-not-found", "The run has no such part"),
    METHOD_NOT_ALLOWED(405, "method-not-allowed", "The method is not allowed here"),
    NOT_ACCEPTABLE(406, "not-acceptable", "None of the accepted media types can be sent"),
    /** The body took too long to arrive. */
    BODY_TIMEOUT(408, "body-timeout", "The body did not arrive in time"),
    /** The run is in a status that does not allow this. */
    RUN_STATE(409, "run-state", "The run's status does not allow this"),
    /** The workspace is not where it may be, in use, or broken. */
    WORKSPACE_UNUSABLE(409, "workspace-unusable", "The workspace cannot be used"),
    BODY_TOO_LARGE(413, "body-too-large", "The body is too large"),
    UNSUPPORTED_MEDIA_TYPE(415, "unsupported-media-type", "The body's media type is not supported"),
    /** The idempotency key was used with another request. */
    IDEMPOTENCY_KEY_REUSED(422, "idempotency-key-reused", "The idempotency key was used with another request"),
    /** Too many requests, or streams, of one caller. */
    TOO_MANY_REQUESTS(429, "too-many-requests", "Too many requests"),
    /** A bug, or something set up wrongly; the log says what. */
    INTERNAL(500, "internal", "The server failed"),
    /** What is stored of the run does not open: it was erased, or a key is missing. */
    CONTENT_UNREADABLE(500, "content-unreadable", "What is stored of the run cannot be read"),
    /** The store, the artifact store or this node cannot answer now. */
    UNAVAILABLE(503, "unavailable", "The server cannot answer now"),
    /** Any other error of the protocol; the status tells. */
    OTHER(400, "other", "The request failed");

    private static final String PREFIX = "urn:ralph:problem:";

    private final int status;
    private final URI uri;
    private final String title;

    ProblemType(int status, String name, String title) {
        this.status = status;
        this.uri = URI.create(PREFIX + name);
        this.title = title;
    }

    /** Identifies the type; stable. */
    public URI uri() {
        return uri;
    }

    /** The HTTP status it comes with. */
    public int status() {
        return status;
    }

    /** A problem of this type. */
    public ProblemDetail problem(String detail) {
        return of(HttpStatusCode.valueOf(status), detail);
    }

    /** The type that stands for a status, for errors that are only known by it. */
    public static ProblemType of(int status) {
        return status >= 500 && status != UNAVAILABLE.status
                ? INTERNAL
                : Arrays.stream(values())
                        .filter(type -> type.status == status)
                        .filter(type -> type != INVALID_REQUEST)
                        .findFirst()
                        .orElse(OTHER);
    }

    /** A problem that is only known by its status. */
    static ProblemDetail ofStatus(int status) {
        ProblemType type = status == 400 ? OTHER : of(status);
        return type.of(HttpStatusCode.valueOf(status), type.title + ".");
    }

    private ProblemDetail of(HttpStatusCode code, String detail) {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(code, detail);
        problem.setType(uri);
        problem.setTitle(title);
        return problem;
    }
}
