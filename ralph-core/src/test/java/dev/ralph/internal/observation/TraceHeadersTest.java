/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.observation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TraceHeadersTest {

    private static final String PARENT = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    @Test
    void parentAndStateBecomeVariables() {
        assertThat(TraceHeaders.environment(Map.of("traceparent", PARENT, "tracestate", "vendor=1,other=2")))
                .containsOnly(Map.entry("TRACEPARENT", PARENT), Map.entry("TRACESTATE", "vendor=1,other=2"));
    }

    @Test
    void nothingElseIsTaken() {
        Map<String, String> carrier = new HashMap<>();

        TraceHeaders.set(carrier, "Traceparent", PARENT);
        TraceHeaders.set(carrier, "baggage", "user=somebody");
        TraceHeaders.set(carrier, "b3", "4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-1");
        TraceHeaders.set(null, "traceparent", PARENT);

        assertThat(carrier).containsOnly(Map.entry("traceparent", PARENT));
        assertThat(TraceHeaders.of(Map.of("traceparent", PARENT, "baggage", "user=somebody")))
                .containsOnlyKeys("traceparent");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7",
                "00-4BF92F3577B34DA6A3CE929D0E0E4736-00F067AA0BA902B7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01\nLD_PRELOAD=x",
                "$(reboot)"
            })
    void whatIsNoTraceContextIsLeftOut(String parent) {
        assertThat(TraceHeaders.environment(Map.of("traceparent", parent, "tracestate", "a=b")))
                .isEmpty();
    }

    @Test
    void aStateThatCannotBeAVariableIsLeftOutAlone() {
        assertThat(TraceHeaders.of(Map.of("traceparent", PARENT, "tracestate", "a=\0")))
                .containsOnlyKeys("traceparent");
        assertThat(TraceHeaders.of(Map.of("traceparent", PARENT, "tracestate", "a=" + "b".repeat(600))))
                .containsOnlyKeys("traceparent");
    }

    @Test
    void thereMayBeNone() {
        assertThat(TraceHeaders.of(null)).isEmpty();
        assertThat(TraceHeaders.of(Map.of())).isEmpty();
        assertThat(TraceHeaders.of(Map.of("tracestate", "a=b"))).isEmpty();
    }
}
