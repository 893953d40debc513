/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.agent.cli;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which parts of a JSON object are wanted: everything else is skipped without being built. A path names fields from the
 * outside in, separated by dots; {@code *} is any name; arrays need no mention: {@code message.content.text} is that text
 * of {@code content}, or of each of its elements. Immutable.
 */
public final class JsonShape {

    private static final int WHOLE = Integer.MAX_VALUE;
    private static final JsonShape NOTHING = new JsonShape(Map.of(), null, Set.of(), 0);

    private final Map<String, Field> fields;
    private final @Nullable JsonShape anyField;
    private final Set<String> ignored;
    private final int textChars;

    /** A wanted field; its name is one object however often a client prints it. */
    record Field(String name, JsonShape shape) {}

    private JsonShape(Map<String, Field> fields, @Nullable JsonShape anyField, Set<String> ignored, int textChars) {
        this.fields = Map.copyOf(fields);
        this.anyField = anyField;
        this.ignored = Set.copyOf(ignored);
        this.textChars = textChars;
    }

    /** Wants these values. */
    public static JsonShape of(String... paths) {
        JsonShape shape = NOTHING;
        for (String path : paths) {
            shape = shape.with(path.split("\\."), 0, WHOLE);
        }
        return shape;
    }

    /** Wants these too, but of texts no more than the beginning. */
    public JsonShape beginnings(int chars, String... paths) {
        JsonShape shape = this;
        for (String path : paths) {
            shape = shape.with(path.split("\\."), 0, chars);
        }
        return shape;
    }

    /** Knows of these fields of the object itself, so that they do not count as unknown, but does not want them. */
    public JsonShape ignoring(String... names) {
        Set<String> more = new LinkedHashSet<>(ignored);
        more.addAll(Arrays.asList(names));
        return new JsonShape(fields, anyField, more, textChars);
    }

    /** What is wanted of a field, or null. */
    @Nullable Field field(String name) {
        Field named = fields.get(name);
        return named != null || anyField == null ? named : new Field(name, anyField);
    }

    boolean knows(String name) {
        return ignored.contains(name) || field(name) != null;
    }

    /** Whether values inside it are wanted. */
    boolean hasFields() {
        return anyField != null || !fields.isEmpty();
    }

    /** How many characters of it are wanted if it is a text; 0 if a single value is not wanted. */
    int textChars() {
        return textChars;
    }

    private JsonShape with(String[] path, int index, int chars) {
        if (index == path.length) {
            return new JsonShape(fields, anyField, ignored, Math.max(textChars, chars));
        }
        String name = path[index];
        if (name.equals("*")) {
            JsonShape inner = anyField == null ? NOTHING : anyField;
            return new JsonShape(fields, inner.with(path, index + 1, chars), ignored, textChars);
        }
        Field before = fields.get(name);
        JsonShape inner = before == null ? NOTHING : before.shape();
        Map<String, Field> more = new LinkedHashMap<>(fields);
        more.put(name, new Field(name, inner.with(path, index + 1, chars)));
        return new JsonShape(more, anyField, ignored, textChars);
    }
}
