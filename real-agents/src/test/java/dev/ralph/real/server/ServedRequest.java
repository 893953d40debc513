/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.real.server;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A request a server got.
 *
 * @param kind what it asks for
 * @param at when it was there in full
 * @param path path without query
 * @param key the credential it came with, or null
 * @param model the model it names, or an empty text
 * @param body its body, a missing node if it has none
 * @param streamed whether it asks for a stream
 */
public record ServedRequest(
        Kind kind, Instant at, String path, @Nullable String key, String model, JsonNode body, boolean streamed) {

    /** What a request asks for. */
    public enum Kind {
        /** The next step of the agent's loop: it offers the model tools. */
        TURN,
        /** Something beside the loop: a title, a summary, a choice of model. */
        SIDE,
        /** How many tokens a request would have. */
        COUNT,
        /** Anything else. */
        OTHER
    }

    /** The whole body: instructions, prompt and what was said and done so far. */
    public String text() {
        return body.toString();
    }

    /** Never the key, nor what was said. */
    @Override
    public String toString() {
        return kind + " " + path + " at " + at;
    }
}
