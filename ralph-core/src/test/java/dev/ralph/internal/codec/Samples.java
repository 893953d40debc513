/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.codec;

import dev.ralph.RunId;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes values of stored types whose every component is filled, or whose every nullable component is null. */
final class Samples {

    private final boolean filled;
    private int count;

    Samples(boolean filled) {
        this.filled = filled;
    }

    /** Every record a sealed type permits, so that none can be forgotten. */
    static List<Class<?>> cases(Class<?> sealed) {
        return Arrays.stream(sealed.getPermittedSubclasses())
                .flatMap(type -> type.isSealed() ? cases(type).stream() : List.<Class<?>>of(type).stream())
                .toList();
    }

    <T> T record(Class<T> type) {
        RecordComponent[] components = type.getRecordComponents();
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        try {
            Constructor<T> constructor = type.getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return constructor.newInstance(
                    Arrays.stream(components).map(this::component).toArray());
        } catch (NoSuchMethodException | InstantiationException | IllegalAccessException e) {
            throw new LinkageError("a sample cannot be made", e);
        } catch (InvocationTargetException e) {
            throw new LinkageError("a sample cannot be made", e);
        }
    }

    private @Nullable Object component(RecordComponent component) {
        boolean nullable = component.getAnnotatedType().isAnnotationPresent(Nullable.class);
        return nullable && !filled ? null : value(component.getName(), component.getGenericType());
    }

    private Object value(String name, Type type) {
        if (type instanceof ParameterizedType generic) {
            return collection(name, generic);
        }
        count++;
        if (!(type instanceof Class<?> simple)) {
            throw new AssertionError("no sample for " + type);
        }
        if (simple == int.class) {
            return count;
        }
        if (simple == long.class || simple == Long.class) {
            return Integer.MAX_VALUE + (long) count;
        }
        if (simple == boolean.class) {
            return true;
        }
        if (simple == double.class) {
            return 0.5;
        }
        if (simple == String.class) {
            return "Käse 🧀 \"" + count + "\"\n";
        }
        if (simple == BigDecimal.class) {
            return new BigDecimal("12345678901234567890." + count + "0");
        }
        if (simple == Instant.class) {
            return Instant.ofEpochSecond(1_800_000_000L + count, 123_456_789);
        }
        if (simple == Duration.class) {
            return Duration.ofSeconds(count, 1);
        }
        if (simple == RunId.class) {
            return RunId.create(Instant.ofEpochSecond(count));
        }
        if (simple == Path.class) {
            return Path.of("/a b/ü").toAbsolutePath();
        }
        if (simple.isEnum()) {
            Object[] constants = simple.getEnumConstants();
            return constants[constants.length - 1];
        }
        return simple.isSealed() ? record(cases(simple).get(1)) : record(simple);
    }

    private Object collection(String name, ParameterizedType type) {
        if (name.equals("extras")) {
            return Map.of("fromTheFuture", "{\"a\":[1,2.5,null],\"b\":\"ü\"}", "another", "true");
        }
        Type last = type.getActualTypeArguments()[type.getActualTypeArguments().length - 1];
        if (type.getRawType() == List.class) {
            return filled ? List.of(value(name, last), value(name, last)) : List.of();
        }
        if (type.getRawType() == Map.class) {
            return filled ? Map.of("key", value(name, last)) : Map.of();
        }
        throw new AssertionError("no sample for " + type);
    }
}
