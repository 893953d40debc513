/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.plain.option;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ralph.InvalidValueException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AgentSettingsTest {

    @Test
    void valuesAreJsonOrText() {
        AgentSettings settings = new AgentSettings(
                List.of("gemini"),
                List.of(
                        "approvalMode=yolo",
                        "maxTurns=20",
                        "resumeSession=true",
                        "allowedTools=[\"Bash(mvn:*)\", \"Edit\"]",
                        "append=a=b, {c} [d",
                        "number=1.5",
                        "empty="),
                null);

        assertThat(settings.of("gemini").settings())
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "approvalMode", "yolo",
                        "maxTurns", 20L,
                        "resumeSession", true,
                        "allowedTools", List.of("Bash(mvn:*)", "Edit"),
                        "append", "a=b, {c} [d",
                        "number", "1.5",
                        "empty", ""));
    }

    @Test
    void oneAgentBesideAProgramNeedsNoId() {
        AgentSettings settings = new AgentSettings(List.of("gemini", "command"), List.of("maxTurns=3"), "some-model");

        assertThat(settings.of("gemini").settings())
                .containsExactlyInAnyOrderEntriesOf(Map.of("model", "some-model", "maxTurns", 3L));
        assertThat(settings.of("command").settings()).isEmpty();
    }

    @Test
    void ofSeveralAgentsEachHasItsOwn() {
        AgentSettings settings =
                new AgentSettings(List.of("claude", "gemini"), List.of("claude:model=a", "gemini:model=b"), null);

        assertThat(settings.of("claude").settings()).isEqualTo(Map.of("model", "a"));
        assertThat(settings.of("gemini").settings()).isEqualTo(Map.of("model", "b"));
    }

    @Test
    void aSettingOfNobodyIsRefused() {
        assertRefused(List.of(), "maxTurns=3", "add --agent");
        assertRefused(List.of("claude", "gemini"), "maxTurns=3", "could be for each of [claude, gemini]");
        assertRefused(List.of("claude"), "gemini:maxTurns=3", "add --agent gemini");
        assertRefused(List.of("claude"), "maxTurns", "NAME=VALUE");
        assertRefused(List.of("claude"), "=3", "NAME=VALUE");
        assertThatThrownBy(() -> new AgentSettings(List.of(), List.of(), "some-model"))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("--model");
    }

    private static void assertRefused(List<String> agents, String setting, String reason) {
        assertThatThrownBy(() -> new AgentSettings(agents, List.of(setting), null))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("--agent-setting")
                .hasMessageContaining(reason);
    }
}
