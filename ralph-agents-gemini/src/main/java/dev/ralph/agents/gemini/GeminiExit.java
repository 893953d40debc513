package dev.ralph.agents.gemini;

import dev.ralph.FailureClass;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the client's exit codes mean: its own (<a href="https://geminicli.com/docs/cli/headless/">headless mode</a>, and
 * {@code errors.ts} of the client), and else the HTTP status of the service modulo 256 (measured).
 */
final class GeminiExit {

    static final int AUTHENTICATION = 41;
    static final int INPUT = 42;
    static final int SANDBOX = 44;
    static final int SETTINGS = 52;
    static final int UNTRUSTED = 55;

    private static final Map<Integer, FailureClass> OWN = Map.of(
            AUTHENTICATION, FailureClass.AUTHENTICATION,
            INPUT, FailureClass.PROMPT_REJECTED,
            SANDBOX, FailureClass.INVALID_ARGUMENT,
            SETTINGS, FailureClass.INVALID_ARGUMENT,
            53, FailureClass.AGENT_ERROR,
            54, FailureClass.AGENT_ERROR,
            UNTRUSTED, FailureClass.INVALID_ARGUMENT,
            126, FailureClass.NOT_INSTALLED,
            127, FailureClass.NOT_INSTALLED,
            130, FailureClass.CRASHED);

    /** What the client is when it has not begun: it has used nothing. */
    private static final Set<Integer> BEFORE_IT_BEGAN =
            Set.of(AUTHENTICATION, INPUT, SANDBOX, SETTINGS, UNTRUSTED, 126, 127);

    private static final Set<Integer> KNOWN_STATUSES =
            Set.of(400, 401, 403, 404, 407, 408, 413, 429, 499, 500, 502, 503, 504);

    private static final int MODULUS = 256;

    private GeminiExit() {}

    /** The class of one of the client's own exit codes, or null. */
    static @Nullable FailureClass own(int exitCode) {
        return OWN.get(exitCode);
    }

    static boolean beforeItBegan(int exitCode) {
        return BEFORE_IT_BEGAN.contains(exitCode);
    }

    /** The HTTP status an exit code stands for, or 0. None collides with an end by SIGKILL, SIGTERM or another of 1 to 15. */
    static int status(int exitCode) {
        return KNOWN_STATUSES.stream()
                .filter(status -> status % MODULUS == exitCode)
                .findFirst()
                .orElse(0);
    }
}
