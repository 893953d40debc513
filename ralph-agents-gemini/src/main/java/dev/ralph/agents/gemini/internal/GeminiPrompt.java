/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.agents.gemini.internal;

import java.nio.charset.StandardCharsets;

/**
 * What the client reads from standard input, so that the model gets the prompt and nothing else. The client takes a first
 * {@code /} for a command of its own, and {@code @} with a path for a file whose content it adds (measured, 0.61.0). A prompt
 * with either is given as the argument of a custom command, which the client passes on as it is
 * (<a href="https://geminicli.com/docs/cli/custom-commands/">custom commands</a>, "default argument handling"); any other
 * prompt is given unchanged.
 */
public final class GeminiPrompt {

    /** The custom command; {@link GeminiHome} defines it. */
    static final String COMMAND = "ralph-prompt";

    /** What follows it in the input is the prompt. */
    static final String PREFIX = "/" + COMMAND + "\n";

    /** The client silently drops what is beyond. */
    public static final int MAX_BYTES = 8 * 1024 * 1024;

    private GeminiPrompt() {}

    /** What the client is to read for a prompt. */
    public static String input(String prompt) {
        return prompt.startsWith("/") || prompt.indexOf('@') >= 0 ? PREFIX + prompt : prompt;
    }

    /** Whether the client would not read all of it. */
    public static boolean tooLong(String input) {
        return input.length() > MAX_BYTES || input.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES;
    }
}
