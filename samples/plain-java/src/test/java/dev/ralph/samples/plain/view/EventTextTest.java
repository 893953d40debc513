/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.plain.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ralph.RunId;
import dev.ralph.event.ActivityEvent;
import dev.ralph.event.RunEvent;
import dev.ralph.event.StateEvent;
import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EventTextTest {

    static Stream<Class<?>> kinds() {
        return Stream.of(StateEvent.class, ActivityEvent.class)
                .flatMap(type -> Arrays.stream(type.getPermittedSubclasses()));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void everyKindOfEventHasWords(Class<?> kind) throws Exception {
        RunEvent full = make(kind, false);
        RunEvent sparse = make(kind, true);

        assertThat(EventText.of(full)).isNotBlank().doesNotContain("null").doesNotContain("\u001B");
        assertThat(EventText.of(sparse)).isNotBlank().doesNotContain("null");
    }

    /** An event whose components that may be null are null if {@code sparse}. */
    private static RunEvent make(Class<?> kind, boolean sparse) throws Exception {
        RecordComponent[] components = kind.getRecordComponents();
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        @Nullable Object[] values = new @Nullable Object[types.length];
        for (int i = 0; i < types.length; i++) {
            boolean mayBeNull = Arrays.stream(components[i].getAnnotatedType().getAnnotations())
                    .anyMatch(annotation -> annotation.annotationType().equals(Nullable.class));
            values[i] = sparse && mayBeNull ? null : sample(types[i]);
        }
        Constructor<?> constructor = kind.getDeclaredConstructor(types);
        return (RunEvent) constructor.newInstance(values);
    }

    private static Object sample(Class<?> type) {
        if (type.isEnum()) {
            return type.getEnumConstants()[0];
        }
        if (type == String.class) {
            return "some \u001B[31mtext";
        }
        if (type == int.class) {
            return 3;
        }
        if (type == long.class) {
            return 4L;
        }
        if (type == boolean.class) {
            return true;
        }
        if (type == List.class) {
            return List.of("prod.\u001B[31menv (secret)");
        }
        if (type == Instant.class) {
            return Instant.parse("2026-01-01T00:00:00Z");
        }
        if (type == Duration.class) {
            return Duration.ofMillis(1_500);
        }
        if (type == RunId.class) {
            return RunId.create(Instant.EPOCH);
        }
        if (type == dev.ralph.Usage.class) {
            return new dev.ralph.Usage(1, 2, 3, 4);
        }
        if (type == dev.ralph.Cost.class) {
            return dev.ralph.Cost.billed(BigDecimal.ONE);
        }
        if (type == dev.ralph.Reservation.class) {
            return dev.ralph.Reservation.NONE;
        }
        throw new AssertionError("no sample of " + type);
    }
}
