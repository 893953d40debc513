/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.ralph.agent.cli.ClientOutcomes;
import dev.ralph.gate.CommandGate;
import dev.ralph.spi.Gate;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What no store keeps is refused before a run is paid for. */
class StorableSpecTest {

    private static final String CHEESE = "🧀";

    @ParameterizedTest
    @ValueSource(strings = {"nul \0 inside", "high \uD83E alone", "low \uDDC0 alone"})
    void textThatNoStoreKeepsIsRefusedWhereItIsGiven(String text) {
        refused(text, bad -> new GateRef("command", bad, Map.of()));
        refused(text, bad -> new GateRef(bad, "tests", Map.of()));
        refused(text, bad -> new GateRef("command", "tests", Map.of("setting", bad)));
        refused(text, bad -> new GateRef("command", "tests", Map.of(bad, "value")));
        refused(text, bad -> new GateRef("command", "tests", Map.of("list", List.of(Map.of(bad, "value")))));
        refused(text, bad -> Gate.command("echo", bad));
        refused(text, bad -> CommandGate.of(List.of("true")).withName(bad));
        refused(text, bad -> CommandGate.of(List.of("true")).inheriting(bad));
        refused(text, AgentRef::of);
        refused(text, bad -> new AgentRef("agent", Map.of("model", bad)));
        refused(text, bad -> new WorkspaceRef(bad, Map.of()));
        refused(text, bad -> new WorkspaceRef("directory", Map.of("path", bad)));
        refused(text, bad -> new BudgetLimit(bad, 1L, null));
        refused(text, bad -> spec().completionPromise(bad).build());
        refused(text, bad -> spec().label("name", bad).build());
        refused(text, bad -> spec().label(bad, "value").build());
        refused(text, bad -> spec().taskId(bad).build());
        refused(text, bad -> spec().tenant(bad).build());
        refused(text, bad -> spec().subject(bad).build());
        refused(text, bad -> spec().budget(bad).build());
    }

    @Test
    void aNameMadeOfALongCommandIsCutBetweenCharacters() {
        for (int before = 70; before < 90; before++) {
            String name = CommandGate.of(List.of("x".repeat(before) + CHEESE.repeat(50)))
                    .name();

            assertThat(name).hasSizeLessThanOrEqualTo(80).matches("x+(" + CHEESE + ")*…");
            assertThat(ClientOutcomes.oneLine("x".repeat(before) + CHEESE.repeat(50), 80))
                    .matches("x+(" + CHEESE + ")*…");
        }
    }

    private static RunSpecBuilder spec() {
        return RunSpec.prompt("Do it").workspace(Path.of("w"));
    }

    private static void refused(String text, Consumer<String> made) {
        assertThatExceptionOfType(InvalidValueException.class)
                .isThrownBy(() -> made.accept(text))
                .satisfies(refusal -> assertThat(refusal.getMessage()).doesNotContain(text));
    }
}
