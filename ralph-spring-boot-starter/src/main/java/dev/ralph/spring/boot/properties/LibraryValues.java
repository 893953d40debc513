/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.spring.boot.properties;

import dev.ralph.InvalidValueException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Turns records of properties into values by the library's names. */
final class LibraryValues {

    private LibraryValues() {}

    /** The library's name of each component, by its name here, {@code max-cost}. */
    static Map<String, String> names(Class<? extends Record> type) {
        Map<String, String> names = new LinkedHashMap<>();
        for (RecordComponent component : type.getRecordComponents()) {
            names.put(kebab(component.getName()), libraryName(component));
        }
        return names;
    }

    /**
     * What is set, by the library's name.
     *
     * @throws InvalidValueException if a time is not one of whole seconds
     */
    static Map<String, String> of(Record properties) {
        Map<String, String> values = new LinkedHashMap<>();
        for (RecordComponent component : properties.getClass().getRecordComponents()) {
            Object value = value(properties, component);
            if (value != null) {
                values.put(libraryName(component), text("ralph." + kebab(component.getName()), value));
            }
        }
        return values;
    }

    /** {@code maxCost} as {@code max-cost}. */
    static String kebab(String camel) {
        return camel.replaceAll("([a-z0-9])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
    }

    private static String libraryName(RecordComponent component) {
        LibraryName given = component.getAnnotation(LibraryName.class);
        return given != null
                ? given.value()
                : "RALPH_" + kebab(component.getName()).replace('-', '_').toUpperCase(Locale.ROOT);
    }

    private static @Nullable Object value(Record properties, RecordComponent component) {
        try {
            return component.getAccessor().invoke(properties);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("the accessor of " + component + " cannot be called", e);
        }
    }

    private static String text(String property, Object value) {
        if (value instanceof Duration duration) {
            if (duration.toNanosPart() != 0) {
                throw new InvalidValueException(property, duration, "must be of whole seconds, such as 90 or 15m");
            }
            return Long.toString(duration.toSeconds());
        }
        if (value instanceof BigDecimal number) {
            return number.toPlainString();
        }
        if (value instanceof Collection<?> list) {
            return list.stream().map(String::valueOf).collect(Collectors.joining(","));
        }
        return value.toString();
    }
}
