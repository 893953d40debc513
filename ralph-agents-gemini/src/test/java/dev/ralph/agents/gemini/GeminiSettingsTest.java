/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.agents.gemini;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ralph.AgentStatus;
import dev.ralph.ConfigurationException;
import dev.ralph.InvalidValueException;
import dev.ralph.Orchestrator;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a host and a run may set. */
class GeminiSettingsTest {

    @Test
    void aRunsSettingsStandInPlaceOfTheHosts() {
        GeminiSettings host = new GeminiSettings("gemini-2.5-pro", ApprovalMode.DEFAULT, 7);

        assertThat(host.with("gemini", Map.of())).isEqualTo(host);
        assertThat(host.with("gemini", Map.of("model", "gemini-2.5-flash", "approvalMode", "yolo", "maxTurns", 9L)))
                .isEqualTo(new GeminiSettings("gemini-2.5-flash", ApprovalMode.YOLO, 9));
    }

    @Test
    void everyToolWithoutAskingIsNeverTheDefault() {
        assertThat(GeminiSettings.DEFAULT.approvalMode()).isEqualTo(ApprovalMode.AUTO_EDIT);
    }

    @Test
    void aModelThatLooksLikeAnOptionIsRefused() {
        assertThatThrownBy(() -> GeminiSettings.DEFAULT.with("gemini", Map.of("model", "--yolo")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage(
                        "setting 'model' of Gemini must be the name of a model, such as gemini-2.5-pro, but is '--yolo'");
    }

    @Test
    void whatIsWrongInTheSetUpIsRefusedWhereItIsMade() {
        assertThatThrownBy(() -> GeminiAgent.builder("no such id")).isInstanceOf(InvalidValueException.class);
        assertThatThrownBy(() -> GeminiAgent.builder("gemini").maxAttempts(11).build())
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("must be from 1 to 10");
        assertThatThrownBy(() -> GeminiAgent.builder("gemini").apiKeySecret(" ").build())
                .isInstanceOf(ConfigurationException.class);
        assertThatThrownBy(() -> GeminiAgent.builder("gemini").command(" ").build())
                .isInstanceOf(ConfigurationException.class);
    }

    @Test
    void theProviderIsFoundByItsService() {
        try (Orchestrator ralph = Orchestrator.builder().build()) {
            assertThat(ralph.agents()).extracting(AgentStatus::id).contains("gemini");
        }
        assertThat(new GeminiAgentProvider().id()).isEqualTo("gemini");
    }

    @Test
    void aSetUpShowsNoValuesOfVariables() {
        GeminiAgentConfig config = new GeminiAgentConfig(
                java.util.List.of("gemini"),
                null,
                java.util.List.of(),
                Map.of("TOKEN", "hidden-value"),
                GeminiSettings.DEFAULT,
                2,
                true,
                null,
                java.time.Duration.ZERO,
                java.time.Duration.ZERO);

        assertThat(config.toString()).contains("TOKEN").doesNotContain("hidden-value");
    }
}
