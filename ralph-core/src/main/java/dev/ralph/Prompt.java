/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** What the agent is asked to do. */
public sealed interface Prompt {

    /** A prompt of more bytes in UTF-8 than this is refused: 10 MB. */
    int MAX_BYTES = 10_000_000;

    /**
     * Prompt text that never changes. Only the completion promise completes such a run.
     *
     * @param value the text, not blank, at most {@link #MAX_BYTES} in UTF-8
     */
    record Text(String value) implements Prompt {

        /**
         * Checks the values.
         *
         * @throws InvalidPromptException if the text is blank, too long or has unpaired surrogates
         */
        public Text {
            if (value.isBlank()) {
                throw new InvalidPromptException("the prompt is blank; pass the text of the task");
            }
            if (!StandardCharsets.UTF_8.newEncoder().canEncode(value)) {
                throw new InvalidPromptException(
                        "the prompt has an unpaired surrogate and cannot be written as UTF-8; remove it");
            }
            long bytes = value.getBytes(StandardCharsets.UTF_8).length;
            if (bytes > MAX_BYTES) {
                throw new InvalidPromptException(
                        "the prompt has " + bytes + " bytes; at most " + MAX_BYTES + " are allowed");
            }
        }

        /** Never the text itself: a prompt does not belong in logs. */
        @Override
        public String toString() {
            return "Text[" + value.length() + " characters]";
        }
    }

    /**
     * A UTF-8 file inside the workspace, read again before every attempt, so that a person or the agent can edit it. A
     * line {@code - [x] TASK_COMPLETE} in it is a completion claim.
     *
     * @param path absolute, or relative to the workspace
     */
    record File(Path path) implements Prompt {}
}
