/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.agents.gemini.internal;

import dev.ralph.FailureClass;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the client's exit codes mean: its own (<a href="https://geminicli.com/docs/cli/headless/">headless mode</a>, and
 * {@code errors.ts} of the client), and else the HTTP status of the service modulo 256 (measured).
 *
 * @param failure its class
 * @param what what happened
 * @param early whether it happens before the model is asked, so that nothing is used
 */
record GeminiExit(FailureClass failure, String what, boolean early) {

    private static final Map<Integer, GeminiExit> OWN = Map.of(
            41, beforeItBegan(FailureClass.AUTHENTICATION, "it could not authenticate"),
            42, beforeItBegan(FailureClass.PROMPT_REJECTED, "it refused its input"),
            44, beforeItBegan(FailureClass.INVALID_ARGUMENT, "its sandbox failed"),
            52, beforeItBegan(FailureClass.INVALID_ARGUMENT, "it refused its settings or the workspace's"),
            53, new GeminiExit(FailureClass.AGENT_ERROR, "it reached its limit of turns", false),
            54, new GeminiExit(FailureClass.AGENT_ERROR, "a tool of it failed for good", false),
            55, beforeItBegan(FailureClass.INVALID_ARGUMENT, "it does not trust the workspace"),
            126, beforeItBegan(FailureClass.NOT_INSTALLED, "it is not executable"),
            127, beforeItBegan(FailureClass.NOT_INSTALLED, "it, or Node, is not there"),
            130, new GeminiExit(FailureClass.CRASHED, "it was interrupted", false));

    private static final Set<Integer> KNOWN_STATUSES =
            Set.of(400, 401, 403, 404, 407, 408, 413, 429, 499, 500, 502, 503, 504);

    private static final int MODULUS = 256;

    private static GeminiExit beforeItBegan(FailureClass failure, String what) {
        return new GeminiExit(failure, what, true);
    }

    /** What one of the client's own exit codes means, or null. */
    static @Nullable GeminiExit own(int exitCode) {
        return OWN.get(exitCode);
    }

    /** The HTTP status an exit code stands for, or 0. None collides with an end by SIGKILL, SIGTERM or another of 1 to 15. */
    static int status(int exitCode) {
        return KNOWN_STATUSES.stream()
                .filter(status -> status % MODULUS == exitCode)
                .findFirst()
                .orElse(0);
    }
}
