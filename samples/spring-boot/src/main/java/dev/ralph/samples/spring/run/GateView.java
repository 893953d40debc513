/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.spring.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.ralph.GateRecord;
import dev.ralph.samples.spring.run.IterationView.Output;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a gate said.
 *
 * @param number its place among the run's, from 1
 * @param iteration the iteration whose claim was checked
 * @param gate its name
 * @param passed whether it passed
 * @param feedback what the agent is told when it did not
 * @param took how long it ran
 * @param output what became of its full output
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "GateResult")
public record GateView(
        int number,
        int iteration,
        String gate,
        boolean passed,
        String feedback,
        @Schema(type = "string", example = "PT0.25S") Duration took,
        @Nullable Output output) {

    static GateView of(int number, GateRecord gate) {
        return new GateView(
                number,
                gate.iteration(),
                gate.gate(),
                gate.passed(),
                gate.feedback(),
                gate.took(),
                Output.of(gate.output()));
    }
}
