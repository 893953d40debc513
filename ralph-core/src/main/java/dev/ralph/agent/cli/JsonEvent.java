/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.agent.cli;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was wanted of one JSON object. A field that is missing and one of another type than asked for are the same: what a
 * client prints is not trusted. Immutable once read.
 */
public final class JsonEvent {

    static final JsonEvent EMPTY = new JsonEvent();

    /** An object with more fields than this is nothing a client prints. */
    private static final int MAX_FIELDS = 1_000;

    /** Names and values in turn; there are few, so looking through them is quicker than a table. */
    private final List<Object> pairs = new ArrayList<>(16);

    JsonEvent() {}

    void put(String name, Object value) {
        if (pairs.size() < 2 * MAX_FIELDS) {
            pairs.add(name);
            pairs.add(value);
        }
    }

    /** A text, or null. */
    public @Nullable String text(String name) {
        return find(name) instanceof String text ? text : null;
    }

    /** A text, or {@code otherwise}. */
    public String text(String name, String otherwise) {
        String text = text(name);
        return text == null ? otherwise : text;
    }

    /** A text or each text of an array, in order. */
    public List<String> texts(String name) {
        return all(name, String.class);
    }

    /** A whole number, or null. */
    public @Nullable Long number(String name) {
        return find(name) instanceof Long number ? number : null;
    }

    /** A number of any kind, or null. */
    public @Nullable Double decimal(String name) {
        return find(name) instanceof Number number ? Double.valueOf(number.doubleValue()) : null;
    }

    /** True or false, or {@code otherwise}. */
    public boolean flag(String name, boolean otherwise) {
        return find(name) instanceof Boolean flag ? flag : otherwise;
    }

    /** An object, or an empty one. */
    public JsonEvent object(String name) {
        return find(name) instanceof JsonEvent event ? event : EMPTY;
    }

    /** An object or each object of an array, in order. */
    public List<JsonEvent> objects(String name) {
        return all(name, JsonEvent.class);
    }

    /** Whether the field is there with a value that is not null. */
    public boolean has(String name) {
        return find(name) != null;
    }

    /** The names of the fields that are there, in order. */
    public List<String> names() {
        List<String> names = new ArrayList<>();
        for (int index = 0; index < pairs.size(); index += 2) {
            names.add((String) pairs.get(index));
        }
        return names;
    }

    private <T> List<T> all(String name, Class<T> type) {
        Object value = find(name);
        if (value instanceof ArrayList<?> list) {
            List<T> all = new ArrayList<>(list.size());
            for (Object element : list) {
                if (type.isInstance(element)) {
                    all.add(type.cast(element));
                }
            }
            return all;
        }
        return type.isInstance(value) ? List.of(type.cast(value)) : List.of();
    }

    /** Of a name that is there twice the last value counts, as for most readers of JSON. */
    private @Nullable Object find(String name) {
        for (int index = pairs.size() - 2; index >= 0; index -= 2) {
            if (name.equals(pairs.get(index))) {
                return pairs.get(index + 1);
            }
        }
        return null;
    }

    /** Never the values. */
    @Override
    public String toString() {
        return "JsonEvent" + names();
    }
}
