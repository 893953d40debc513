/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.spi;

/** What a person or a host tells a run. Stored, consumed in order. */
public sealed interface Command {

    record Cancel() implements Command {}

    record Pause() implements Command {}

    record Resume() implements Command {}

    /** Go on after {@link dev.ralph.StopReason#DEAD_LETTERED}; the only command such a run takes, and nobody else does. */
    record Retry() implements Command {}

    /** Text for the agent's next iteration. */
    record Guide(String text) implements Command {

        /** Never the text itself. */
        @Override
        public String toString() {
            return "Guide[" + text.length() + " characters]";
        }
    }
}
