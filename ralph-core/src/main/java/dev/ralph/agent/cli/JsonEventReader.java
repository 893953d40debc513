/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.agent.cli;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.ralph.process.OutputLimits;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON lines, one object a line. Only what its shape wants is built. Lines that are anything else are counted and
 * skipped. Not thread-safe.
 */
public final class JsonEventReader {

    /**
     * Limits for a client that prints JSON lines: its result stands in one line, and the longest answer a model gives
     * (128,000 tokens, escaped) fits into 8 MiB, while such a line can still be read within some tens of megabytes.
     * Streams are as long as they are.
     */
    public static final OutputLimits LIMITS = new OutputLimits(8L << 20, Long.MAX_VALUE, Long.MAX_VALUE);

    private static final int MAX_ELEMENTS = 10_000;

    private final JsonLineParser lines = new JsonLineParser();
    private final JsonShape shape;
    private long malformedLines;
    private long unknownFields;

    public JsonEventReader(JsonShape shape) {
        this.shape = shape;
    }

    /**
     * Reads a line.
     *
     * @param cut whether the line is incomplete, which makes it malformed
     * @return null if it is blank or no JSON object
     */
    public @Nullable JsonEvent read(String line, boolean cut) {
        if (!cut && line.isBlank()) {
            return null;
        }
        JsonEvent event = cut ? null : lines.read(line, parser -> object(parser, shape, true));
        malformedLines += event == null ? 1 : 0;
        return event;
    }

    /** Lines so far that were neither blank nor a JSON object. */
    public long malformedLines() {
        return malformedLines;
    }

    /** Fields so far, of the objects themselves, that the shape does not know. */
    public long unknownFields() {
        return unknownFields;
    }

    private JsonEvent object(JsonParser parser, JsonShape wanted, boolean outermost) throws IOException {
        JsonEvent event = new JsonEvent();
        String name = parser.nextFieldName();
        while (name != null) {
            JsonToken token = parser.nextToken();
            JsonShape.Field field = wanted.field(name);
            if (field == null) {
                unknownFields += outermost && !wanted.knows(name) ? 1 : 0;
                parser.skipChildren();
            } else {
                Object value = value(parser, token, field.shape());
                if (value != null) {
                    event.put(field.name(), value);
                }
            }
            name = parser.nextFieldName();
        }
        return event;
    }

    private @Nullable Object value(JsonParser parser, JsonToken token, JsonShape wanted) throws IOException {
        if (token == JsonToken.VALUE_STRING) {
            return wanted.textChars() == 0 ? null : text(parser, wanted.textChars());
        }
        if (token == JsonToken.START_OBJECT) {
            if (wanted.hasFields()) {
                return object(parser, wanted, false);
            }
            parser.skipChildren();
            return null;
        }
        if (token == JsonToken.START_ARRAY) {
            return array(parser, wanted);
        }
        return wanted.textChars() == 0 ? null : single(parser, token);
    }

    /** Arrays in arrays are nothing a client prints. */
    private List<Object> array(JsonParser parser, JsonShape wanted) throws IOException {
        List<Object> elements = new ArrayList<>();
        JsonToken token = parser.nextToken();
        while (token != JsonToken.END_ARRAY) {
            if (token == JsonToken.START_ARRAY || elements.size() == MAX_ELEMENTS) {
                parser.skipChildren();
            } else {
                Object element = value(parser, token, wanted);
                if (element != null) {
                    elements.add(element);
                }
            }
            token = parser.nextToken();
        }
        return elements;
    }

    private static @Nullable Object single(JsonParser parser, JsonToken token) throws IOException {
        return switch (token) {
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NUMBER_INT -> whole(parser);
            case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
            default -> null;
        };
    }

    private static Object whole(JsonParser parser) throws IOException {
        if (parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
            return parser.getDoubleValue();
        }
        return parser.getLongValue();
    }

    private static String text(JsonParser parser, int chars) throws IOException {
        int length = parser.getTextLength();
        if (length <= chars) {
            return parser.getText();
        }
        char[] buffer = parser.getTextCharacters();
        int from = parser.getTextOffset();
        int end = Character.isHighSurrogate(buffer[from + chars - 1]) ? chars - 1 : chars;
        return new String(buffer, from, end);
    }
}
