/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.ralph.ConfigurationException;
import dev.ralph.Limits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigurationTest {

    private static final String NAME = "RALPH_MAX_ITERATIONS";

    @TempDir
    Path folder;

    @Test
    void builderBeatsSystemPropertyBeatsEnvironmentBeatsFileBeatsDefault() throws IOException {
        Path file = Files.writeString(folder.resolve("ralph.properties"), "ralph.max-iterations = 4\n");
        Map<String, String> builder = new HashMap<>(Map.of(NAME, "1"));
        Map<String, String> system = new HashMap<>(Map.of("ralph.max.iterations", "2"));
        Map<String, String> environment = new HashMap<>(Map.of(NAME, "3", "RALPH_CONFIG", file.toString()));

        assertThat(maxIterations(builder, system, environment)).isEqualTo(1);
        builder.remove(NAME);
        assertThat(maxIterations(builder, system, environment)).isEqualTo(2);
        system.clear();
        assertThat(maxIterations(builder, system, environment)).isEqualTo(3);
        environment.remove(NAME);
        assertThat(maxIterations(builder, system, environment)).isEqualTo(4);
        environment.clear();
        assertThat(maxIterations(builder, system, environment)).isEqualTo(Limits.DEFAULT.maxIterations());
    }

    @Test
    void aHostsDefaultIsBelowEverythingItsUserSets() throws IOException {
        Path file = Files.writeString(folder.resolve("ralph.properties"), "ralph.max-iterations = 4\n");
        Map<String, String> defaults = Map.of("ralph.max-iterations", "5");
        Map<String, String> environment = Map.of("RALPH_CONFIG", file.toString());

        assertThat(Configuration.of(Map.of(), Map.of(), Map.of(), defaults).find(NAME))
                .contains("5");
        assertThat(Configuration.of(Map.of(), Map.of(), environment, defaults).find(NAME))
                .contains("4");
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> Configuration.of(Map.of(), Map.of(), Map.of(), Map.of("maxIterations", "5")))
                .withMessageContaining("maxIterations");
    }

    @Test
    void aBlankValueIsNone() {
        assertThat(maxIterations(Map.of(), Map.of(NAME, "  "), Map.of(NAME, " 7 ")))
                .isEqualTo(7);
    }

    @Test
    void limitsAreReadInTheirUnits() {
        Limits limits = environment(Map.of(
                        "RALPH_MAX_ITERATIONS", "12",
                        "RALPH_MAX_RUNTIME", "90",
                        "RALPH_MAX_TOKENS", "5000000000",
                        "RALPH_MAX_COST", "5.00"))
                .limits();

        assertThat(limits.maxIterations()).isEqualTo(12);
        assertThat(limits.maxRuntime()).isEqualTo(Duration.ofSeconds(90));
        assertThat(limits.maxTokens()).isEqualTo(5_000_000_000L);
        assertThat(limits.maxCost()).isEqualTo("5.00");
    }

    @ParameterizedTest
    @CsvSource({
        "RALPH_MAX_ITERATIONS, 0, whole number from 1",
        "RALPH_MAX_ITERATIONS, -1, whole number from 1",
        "RALPH_MAX_ITERATIONS, many, whole number from 1",
        "RALPH_MAX_ITERATIONS, 99999999999, whole number from 1",
        "RALPH_MAX_RUNTIME, 1h, whole number of seconds",
        "RALPH_MAX_RUNTIME, 0, whole number of seconds",
        "RALPH_MAX_TOKENS, -5, whole number of tokens",
        "RALPH_MAX_TOKENS, 1e6, whole number of tokens",
        "RALPH_MAX_COST, five, decimal number of US dollars",
        "RALPH_MAX_COST, -0.01, decimal number of US dollars",
        "RALPH_MAX_COST, NaN, decimal number of US dollars"
    })
    void aWrongValueIsNamedWithItsSourceAndTheFix(String name, String value, String fix) {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> environment(Map.of(name, value)).limits())
                .withMessageContaining(name)
                .withMessageContaining("'" + value + "'")
                .withMessageContaining("the environment")
                .withMessageContaining(fix);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1000001", "2000000000"})
    void aValueOutsideOfTheRangeOfALimitIsNamedWithItsSource(String value) {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> environment(Map.of(NAME, value)).limits())
                .withMessageContaining(NAME)
                .withMessageContaining(value)
                .withMessageContaining("the environment");
    }

    @ParameterizedTest
    @ValueSource(strings = {"9223372036854775807", "9223372036854776"})
    void aRuntimeThatNoClockHoldsIsRefusedWithItsSource(String seconds) {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(
                        () -> environment(Map.of("RALPH_MAX_RUNTIME", seconds)).limits())
                .withMessageContaining("RALPH_MAX_RUNTIME")
                .withMessageContaining(seconds);
    }

    @Test
    void anUnknownNameIsReportedWithTheNearestKnownOne() {
        Configuration configuration = Configuration.of(
                Map.of(),
                Map.of("ralph.max-itterations", "5", "user.home", "/root"),
                Map.of("RALPH_MAX_COSTS", "5", "PATH", "/bin"),
                Map.of());

        assertThat(configuration.warnings(Set.of()))
                .containsExactlyInAnyOrder(
                        "unknown configuration value RALPH_MAX_ITTERATIONS in system properties; did you mean RALPH_MAX_ITERATIONS?",
                        "unknown configuration value RALPH_MAX_COSTS in the environment; did you mean RALPH_MAX_COST?");
        assertThat(configuration.warnings(Set.of("RALPH_MAX_ITTERATIONS", "RALPH_MAX_COSTS")))
                .isEmpty();
    }

    @Test
    void whereTheEndpointListensIsNotHeardFromTheBuilder() {
        Configuration builder = Configuration.of(Map.of("METRICS_PORT", "9"), Map.of(), Map.of(), Map.of());
        assertThat(builder.warnings(Set.of()))
                .singleElement()
                .asString()
                .contains("METRICS_PORT in the builder does nothing")
                .contains("HealthEndpoint.builder");
        Configuration defaults = Configuration.of(Map.of(), Map.of(), Map.of(), Map.of("METRICS_HOST", "::1"));
        assertThat(defaults.warnings(Set.of())).singleElement().asString().contains("METRICS_HOST in the host's");
        assertThat(environment(Map.of("METRICS_PORT", "9")).warnings(Set.of())).isEmpty();
    }

    @Test
    void theMarkerOfProcessesIsNeitherUnknownNorOffered() {
        assertThat(environment(Map.of("RALPH_PROCESS", "x")).warnings(Set.of())).isEmpty();
        assertThat(environment(Map.of("RALPH_PROCES", "x")).warnings(Set.of()))
                .singleElement()
                .asString()
                .doesNotContain("RALPH_PROCESS?");
    }

    @Test
    void aPropertyOfTheBuilderThatCannotBeANameIsRefused() {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> Configuration.of(Map.of("maxIterations", "5"), Map.of(), Map.of(), Map.of()))
                .withMessageContaining("maxIterations")
                .withMessageContaining("RALPH_");
    }

    @Test
    void aFileThatCannotBeReadIsAnError() throws IOException {
        Path missing = folder.resolve("missing.properties");
        Path binary = Files.write(folder.resolve("binary"), new byte[] {'a', '=', (byte) 0xFF, (byte) 0xFE});
        Path broken = Files.writeString(folder.resolve("broken"), "a=\\u12");

        for (Path file : new Path[] {missing, binary, broken, folder}) {
            assertThatExceptionOfType(ConfigurationException.class)
                    .isThrownBy(() -> environment(Map.of("RALPH_CONFIG", file.toString())))
                    .withMessageContaining("RALPH_CONFIG")
                    .withMessageContaining(file.toString());
        }
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> environment(Map.of("RALPH_CONFIG", "a\0b")))
                .withMessageContaining("RALPH_CONFIG");
    }

    @Test
    void aWrongValueInAFileNamesTheFile() throws IOException {
        Path file = Files.writeString(folder.resolve("ralph.properties"), "RALPH_MAX_COST=a lot\n");

        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() ->
                        environment(Map.of("RALPH_CONFIG", file.toString())).limits())
                .withMessageContaining("RALPH_MAX_COST is 'a lot' in " + file);
    }

    @Test
    void aListIsSplitAtCommas() {
        assertThat(environment(Map.of("RALPH_AGENT", " claude, gemini ,,command"))
                        .list("RALPH_AGENT"))
                .containsExactly("claude", "gemini", "command");
        assertThat(environment(Map.of()).list("RALPH_AGENT")).isEmpty();
    }

    private static int maxIterations(
            Map<String, String> builder, Map<String, String> system, Map<String, String> environment) {
        return Configuration.of(builder, system, environment, Map.of()).limits().maxIterations();
    }

    private static Configuration environment(Map<String, String> environment) {
        return Configuration.of(Map.of(), Map.of(), environment, Map.of());
    }
}
