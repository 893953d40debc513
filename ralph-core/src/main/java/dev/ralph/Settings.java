/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Copies settings that are stored with a run, so that what is validated is what is stored. */
final class Settings {

    private Settings() {}

    static Map<String, Object> copyOf(String field, Map<String, Object> settings) {
        Map<String, Object> copy = new LinkedHashMap<>();
        settings.forEach(
                (name, value) -> copy.put(Check.storable(field + " name", name), copyValue(field + "." + name, value)));
        return Collections.unmodifiableMap(copy);
    }

    private static Object copyValue(String field, @Nullable Object value) {
        if (value instanceof String text) {
            return Check.storable(field, text);
        }
        if (value instanceof Boolean) {
            return value;
        }
        if (value instanceof Integer || value instanceof Long || value instanceof Short || value instanceof Byte) {
            return ((Number) value).longValue();
        }
        if (value instanceof Double || value instanceof Float) {
            return ((Number) value).doubleValue();
        }
        if (value instanceof List<?> list) {
            return list.stream().map(item -> copyValue(field + "[]", item)).toList();
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> copy = new LinkedHashMap<>();
            map.forEach((name, item) -> copy.put(
                    Check.storable(field + " name", String.valueOf(name)), copyValue(field + "." + name, item)));
            return Collections.unmodifiableMap(copy);
        }
        throw new InvalidValueException(
                field,
                value == null ? "null" : value.getClass().getName(),
                "cannot be stored; use strings, numbers, booleans, lists and maps");
    }
}
