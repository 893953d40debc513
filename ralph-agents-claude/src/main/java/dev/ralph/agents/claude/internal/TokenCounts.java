/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.agents.claude.internal;

import dev.ralph.Usage;
import dev.ralph.agent.cli.JsonEvent;
import org.jspecify.annotations.Nullable;

/** Reads token counts by the two sets of names the client uses for them. */
final class TokenCounts {

    private TokenCounts() {}

    /** The names of the model's API; null if there are none or one is negative. */
    static @Nullable Usage ofApi(JsonEvent usage) {
        return read(usage, "input_tokens", "output_tokens", "cache_read_input_tokens", "cache_creation_input_tokens");
    }

    /** The client's own names; null if there are none or one is negative. */
    static @Nullable Usage ofClient(JsonEvent usage) {
        return read(usage, "inputTokens", "outputTokens", "cacheReadInputTokens", "cacheCreationInputTokens");
    }

    /** The tokens of {@code a} that are not in {@code b}; null if there are fewer. */
    static @Nullable Usage minus(Usage a, Usage b) {
        return Usage.reported(
                a.input() - b.input(),
                a.output() - b.output(),
                a.cacheRead() - b.cacheRead(),
                a.cacheWrite() - b.cacheWrite());
    }

    private static @Nullable Usage read(
            JsonEvent usage, String input, String output, String cacheRead, String cacheWrite) {
        Long read = usage.number(input);
        Long written = usage.number(output);
        if (read == null || written == null) {
            return null;
        }
        return Usage.reported(read, written, orZero(usage.number(cacheRead)), orZero(usage.number(cacheWrite)));
    }

    /** Services without a prompt cache leave its counts out. */
    private static long orZero(@Nullable Long count) {
        return count == null ? 0 : count;
    }
}
