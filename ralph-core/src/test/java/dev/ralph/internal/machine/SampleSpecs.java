/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.machine;

import dev.ralph.GateRef;
import dev.ralph.Limits;
import dev.ralph.LimitsBuilder;
import dev.ralph.ProgressPolicy;
import dev.ralph.RunSpec;
import dev.ralph.RunSpecBuilder;
import java.nio.file.Path;
import java.util.Map;

/** Specs that differ from the defaults in nothing but what a test is about. */
final class SampleSpecs {

    private SampleSpecs() {}

    /** No-progress rules are off, so that a test of something else may repeat itself. */
    static RunSpecBuilder spec(String... agents) {
        return RunSpec.prompt("Make the tests pass")
                .workspace(Path.of("repo"))
                .agent(agents)
                .progress(ProgressPolicy.OFF);
    }

    static RunSpec limited(LimitsBuilder limits) {
        return spec("a").limits(limits.build()).build();
    }

    static LimitsBuilder limits() {
        return Limits.builder();
    }

    static GateRef gate(String name) {
        return new GateRef("sample", name, Map.of());
    }
}
