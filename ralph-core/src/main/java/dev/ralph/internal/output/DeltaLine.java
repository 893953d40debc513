/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.output;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Lines in which a client tells what the model says, piece by piece as it comes: objects of JSON with a text {@code content}
 * and {@code "delta":true}, as the Gemini client prints them.
 */
final class DeltaLine {

    private static final String MARK = "\"delta\":true";

    private static final JsonFactory JSON = JsonFactory.builder()
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .build();

    private DeltaLine() {}

    /** Where in a line the piece is, as JSON quotes it; null if the line is no such object. */
    static Mask.@Nullable Part of(String line) {
        if (!line.startsWith("{") || !line.contains(MARK)) {
            return null;
        }
        try (JsonParser json = JSON.createParser(line)) {
            json.nextToken();
            return part(line, json);
        } catch (IOException e) {
            // No JSON: a line like any other.
            return null;
        }
    }

    private static Mask.@Nullable Part part(String line, JsonParser json) throws IOException {
        Mask.Part content = null;
        boolean delta = false;
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            JsonToken value = json.nextToken();
            if (name.equals("content") && value == JsonToken.VALUE_STRING) {
                int from = (int) json.currentTokenLocation().getCharOffset() + 1;
                json.finishToken();
                content = new Mask.Part(line, from, (int) json.currentLocation().getCharOffset() - 1);
            } else if (name.equals("delta")) {
                delta = value == JsonToken.VALUE_TRUE;
            } else {
                json.skipChildren();
            }
        }
        return delta ? content : null;
    }
}
