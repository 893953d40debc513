/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.agents.claude.internal;

import dev.ralph.FailureClass;
import dev.ralph.agent.cli.JsonEvent;
import java.util.List;
import java.util.Optional;

/** What a result that is an error means, by its fields and never by its text. */
final class ClaudeFailure {

    private static final int UNAUTHORIZED = 401;
    private static final int PAYMENT_REQUIRED = 402;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int REQUEST_TIMEOUT = 408;
    private static final int TOO_LARGE = 413;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int SERVER_ERRORS = 500;

    private ClaudeFailure() {}

    /**
     * The failure class.
     *
     * @param result the result
     * @param error the {@code error} of the last message that had one, or an empty text
     * @param worked whether the model has worked, now or before in this session: then what is refused or too long is not the
     *     prompt alone, and a fresh session may well go on
     */
    static FailureClass classOf(JsonEvent result, String error, boolean worked) {
        FailureClass failure = classOf(result, error);
        return failure == FailureClass.PROMPT_REJECTED && worked ? FailureClass.AGENT_ERROR : failure;
    }

    private static FailureClass classOf(JsonEvent result, String error) {
        if (result.text("terminal_reason", "").equals("prompt_too_long")
                || result.text("stop_reason", "").equals("refusal")) {
            return FailureClass.PROMPT_REJECTED;
        }
        if (error.equals("billing_error")) {
            return FailureClass.AUTHENTICATION;
        }
        Long status = result.number("api_error_status");
        if (status != null) {
            return ofStatus(status);
        }
        if (result.text("api_error", "").equals("connection_failed")) {
            return FailureClass.OVERLOADED;
        }
        return switch (error) {
            case "authentication_failed", "oauth_org_not_allowed" -> FailureClass.AUTHENTICATION;
            case "model_not_found" -> FailureClass.INVALID_ARGUMENT;
            case "rate_limit" -> FailureClass.RATE_LIMITED;
            case "overloaded", "server_error" -> FailureClass.OVERLOADED;
            // Turns, budget, an answer that is too long, an interruption, and what nobody knows yet.
            default -> FailureClass.AGENT_ERROR;
        };
    }

    /** What the client says of it, for a person. */
    static String messageOf(JsonEvent result) {
        String text = result.text("result");
        if (text != null && !text.isBlank()) {
            return text;
        }
        List<String> errors = result.texts("errors");
        String what = errors.isEmpty() ? "it says no more than" : errors.get(0) + ",";
        return what + " " + Optional.ofNullable(result.text("subtype")).orElse("that it failed");
    }

    private static FailureClass ofStatus(long status) {
        if (status == UNAUTHORIZED || status == PAYMENT_REQUIRED || status == FORBIDDEN) {
            return FailureClass.AUTHENTICATION;
        }
        if (status == NOT_FOUND) {
            return FailureClass.INVALID_ARGUMENT;
        }
        if (status == TOO_LARGE) {
            return FailureClass.PROMPT_REJECTED;
        }
        if (status == TOO_MANY_REQUESTS) {
            return FailureClass.RATE_LIMITED;
        }
        return status >= SERVER_ERRORS || status == REQUEST_TIMEOUT
                ? FailureClass.OVERLOADED
                : FailureClass.AGENT_ERROR;
    }
}
