/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.agents.gemini.internal;

import dev.ralph.FailureClass;
import dev.ralph.agent.cli.ClientOutcomes;
import dev.ralph.process.ProcessExit;
import dev.ralph.spi.AgentOutcome;
import dev.ralph.spi.UsageReport;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What went wrong: from the type of the error in the result, then the status of the service wherever the client tells it,
 * then the exit code. Messages are compared whole, and only those the client or the service makes of constants.
 */
final class GeminiFailures {

    private static final Map<String, FailureClass> TYPES = Map.of(
            "FatalAuthenticationError", FailureClass.AUTHENTICATION,
            "FatalInputError", FailureClass.PROMPT_REJECTED,
            "FatalSandboxError", FailureClass.INVALID_ARGUMENT,
            "FatalConfigError", FailureClass.INVALID_ARGUMENT,
            "FatalTurnLimitedError", FailureClass.AGENT_ERROR,
            "FatalToolExecutionError", FailureClass.AGENT_ERROR,
            "FatalCancellationError", FailureClass.CRASHED);

    private static final Map<String, FailureClass> REPORTED = Map.of(
            "ModelNotFoundError",
            FailureClass.INVALID_ARGUMENT,
            "ValidationRequiredError",
            FailureClass.AUTHENTICATION);

    private static final String TERMINAL_QUOTA = "TerminalQuotaError";

    /** What the client says of a request that got no answer, or lost the connection on the way. */
    private static final Set<String> NO_CONNECTION =
            Set.of("exception TypeError: fetch failed sending request", "terminated");

    /** What the client makes of a quota for a day. */
    private static final String DAILY_QUOTA = "You have exhausted your daily quota on this model.";

    private static final Pattern TOO_LONG = Pattern.compile(
            "The input token count \\(?\\d+\\)? exceeds the maximum number of tokens allowed \\(?\\d+\\)?\\.?");

    /** Where <a href="https://ai.google.dev/gemini-api/docs/rate-limits">quotas for a day begin anew</a> at midnight. */
    private static final ZoneId QUOTA_ZONE = ZoneId.of("America/Los_Angeles");

    private GeminiFailures() {}

    /**
     * A result that says it failed.
     *
     * @param type the type of its error, or an empty text
     * @param message the message of its error, or of the error before it
     * @param worked whether the model had answered before
     */
    static AgentOutcome.Failed of(
            String type, String message, boolean worked, ProcessExit exit, UsageReport usage, Instant now) {
        ApiError api = ApiError.in(message);
        ErrorReport report = ErrorReport.in(exit.stderr().tail());
        FailureClass failure =
                classify(type, api, report, worked, exit.exitCode().orElse(0));
        Duration retryAfter = failure.isTransient() ? retryAfter(api, report, now) : null;
        String text = api.message().isBlank() ? "it failed without saying why" : api.message();
        return ClientOutcomes.failed(failure, text, retryAfter, usage);
    }

    /** An end without any result. */
    static AgentOutcome.Failed withoutResult(boolean begun, ProcessExit exit) {
        int code = exit.exitCode().orElse(0);
        GeminiExit own = GeminiExit.own(code);
        if (own != null) {
            return ClientOutcomes.failed(
                    own.failure(),
                    ClientOutcomes.withLastErrorLine(own.what() + " (exit code " + code + ")", exit),
                    own.early() && !begun ? UsageReport.NOTHING : UsageReport.UNKNOWN);
        }
        int status = GeminiExit.status(code);
        return ClientOutcomes.failed(
                status == 0 ? FailureClass.CRASHED : ofStatus(status, begun),
                ClientOutcomes.withLastErrorLine("it ended with exit code " + code + " and without a result", exit),
                UsageReport.UNKNOWN);
    }

    private static FailureClass classify(String type, ApiError api, ErrorReport report, boolean worked, int exitCode) {
        if (TYPES.containsKey(type)) {
            return TYPES.get(type);
        }
        if (REPORTED.containsKey(report.name())) {
            return REPORTED.get(report.name());
        }
        if ("API_KEY_INVALID".equals(api.reason())) {
            return FailureClass.AUTHENTICATION;
        }
        if (NO_CONNECTION.contains(api.message())) {
            return FailureClass.OVERLOADED;
        }
        int status = api.code() != null ? api.code() : report.status() != null ? report.status() : 0;
        if (status == 0) {
            status = GeminiExit.status(exitCode);
        }
        if (status == 400 && !worked && TOO_LONG.matcher(api.message()).matches()) {
            return FailureClass.PROMPT_REJECTED;
        }
        GeminiExit own = GeminiExit.own(exitCode);
        return status == 0 && own != null ? own.failure() : ofStatus(status, worked);
    }

    /** A request that is wrong once the model has worked is no fault of the set-up: the next attempt makes others. */
    private static FailureClass ofStatus(int status, boolean worked) {
        return switch (status) {
            case 400 -> worked ? FailureClass.AGENT_ERROR : FailureClass.INVALID_ARGUMENT;
            case 401, 403, 407 -> FailureClass.AUTHENTICATION;
            case 404 -> FailureClass.INVALID_ARGUMENT;
            case 408, 499 -> FailureClass.OVERLOADED;
            case 413 -> worked ? FailureClass.AGENT_ERROR : FailureClass.PROMPT_REJECTED;
            case 429 -> FailureClass.RATE_LIMITED;
            default -> status >= 500 ? FailureClass.OVERLOADED : FailureClass.AGENT_ERROR;
        };
    }

    private static @Nullable Duration retryAfter(ApiError api, ErrorReport report, Instant now) {
        if (api.retryAfter() != null) {
            return api.retryAfter();
        }
        if (report.retryAfter() != null) {
            return report.retryAfter();
        }
        boolean daily = api.daily()
                || (report.name().equals(TERMINAL_QUOTA) && api.message().equals(DAILY_QUOTA));
        return daily ? untilQuotasBeginAnew(now) : null;
    }

    private static Duration untilQuotasBeginAnew(Instant now) {
        ZonedDateTime here = now.atZone(QUOTA_ZONE);
        return Duration.between(here, here.toLocalDate().plusDays(1).atStartOfDay(QUOTA_ZONE));
    }
}
