/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.loop;

import dev.ralph.GateRef;
import dev.ralph.spi.Gate;
import dev.ralph.spi.GateContext;
import dev.ralph.spi.GateProvider;
import dev.ralph.spi.GateVerdict;
import java.util.Map;
import org.slf4j.MDC;

/** A gate that passes and notes the logging context it was run in. */
final class ContextGate implements GateProvider, Gate {

    static final GateRef REF = new GateRef("context", "context", Map.of());

    private final Map<String, String> seen;

    ContextGate(Map<String, String> seen) {
        this.seen = seen;
    }

    @Override
    public String type() {
        return "context";
    }

    @Override
    public Gate create(GateRef ref) {
        return this;
    }

    @Override
    public GateRef ref() {
        return REF;
    }

    @Override
    public GateVerdict check(GateContext context) {
        seen.putAll(MDC.getCopyOfContextMap());
        return GateVerdict.pass();
    }
}
