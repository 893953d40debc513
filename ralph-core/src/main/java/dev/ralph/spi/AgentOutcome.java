/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.spi;

import dev.ralph.FailureClass;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How an attempt ended, by the agent's own structured account. */
public sealed interface AgentOutcome {

    /** What the attempt used; {@link UsageReport#UNKNOWN} if the agent does not say. */
    UsageReport usage();

    /**
     * The agent came to its end.
     *
     * @param result its final result text, which is searched for the completion promise
     * @param cut whether the result text was cut to keep within memory
     */
    record Finished(String result, boolean cut, UsageReport usage) implements AgentOutcome {

        /** Never the text itself. */
        @Override
        public String toString() {
            return "Finished[" + result.length() + " characters, cut=" + cut + ", usage=" + usage + "]";
        }
    }

    /**
     * The agent failed.
     *
     * @param failure what went wrong
     * @param message one line for a person, without secrets
     * @param retryAfter how long the service asks to wait, or null if it does not say
     */
    record Failed(
            FailureClass failure, String message, @Nullable Duration retryAfter, UsageReport usage)
            implements AgentOutcome {}
}
