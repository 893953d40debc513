/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.ralph.ConfigurationException;
import dev.ralph.FailureClass;
import dev.ralph.process.Environment;
import dev.ralph.process.ProcessLauncher;
import dev.ralph.process.ProcessStartException;
import dev.ralph.spi.AgentOutcome;
import dev.ralph.spi.Secret;
import dev.ralph.spi.UsageReport;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What goes into a launch: environment, secrets, settings, version. */
class LaunchTest {

    private static final Secret KEY = new Secret("KEY_NAME", "canary-3f1b");

    private final LaunchEnvironment environment = LaunchEnvironment.inheriting(
                    List.of("PATH", "LC_*"), Map.of("PATH", "/bin", "LC_ALL", "C", "TOKEN", "t"))
            .with(Map.of("QUIET", "1"))
            .with("API_KEY", KEY);

    @Test
    void anEnvironmentHasWhatIsAllowedWhatIsGivenAndItsSecrets() {
        assertThat(environment.environment().variables())
                .isEqualTo(Map.of("PATH", "/bin", "LC_ALL", "C", "QUIET", "1", "API_KEY", KEY.reveal()));
        assertThat(environment.has("API_KEY")).isTrue();
        assertThat(environment.has("TOKEN")).isFalse();
        assertThat(environment).hasToString("LaunchEnvironment[API_KEY, LC_ALL, PATH, QUIET]");
    }

    @Test
    void secretsAreMaskedInMessagesAndNotInResults() {
        AgentOutcome failed =
                ClientOutcomes.failed(FailureClass.AGENT_ERROR, "bad key " + KEY.reveal() + "!", UsageReport.UNKNOWN);
        AgentOutcome finished = ClientOutcomes.finished(KEY.reveal(), false, UsageReport.UNKNOWN);

        assertThat(((AgentOutcome.Failed) environment.masked(failed)).message()).isEqualTo("bad key [redacted]!");
        assertThat(environment.masked(finished)).isSameAs(finished);
    }

    @Test
    void eachLineOfASecretIsMasked() {
        LaunchEnvironment several = LaunchEnvironment.inheriting(List.of(), Map.of())
                .with("PEM", new Secret("PEM", "-----BEGIN-----\nabcdefgh\nxy\n-----END-----"));

        assertThat(several.masked("it says abcdefgh and xy")).isEqualTo("it says [redacted] and xy");
    }

    @Test
    void aSecretThatIsMissingIsNamed() {
        ClientSecrets secrets = new ClientSecrets(
                "tested", name -> Optional.of(KEY).filter(key -> key.name().equals(name)));

        assertThat(secrets.find("KEY_NAME")).contains(KEY);
        assertThat(secrets.require("KEY_NAME")).isEqualTo(KEY);
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> secrets.require("OTHER"))
                .withMessageContainingAll("'tested'", "'OTHER'", "set it");
    }

    @Test
    void settingsAreReadByNameAndType() {
        RunSettings settings = new RunSettings(
                "tested",
                Map.of("text", "t", "list", List.of("a", "b"), "count", 7, "flag", true),
                Set.of("text", "list", "count", "flag", "unset"));

        assertThat(settings.text("text", null)).isEqualTo("t");
        assertThat(settings.texts("list", List.of())).containsExactly("a", "b");
        assertThat(settings.integer("count", 1, 10, null)).isEqualTo(7);
        assertThat(settings.flag("flag", false)).isTrue();
        assertThat(settings.text("unset", "otherwise")).isEqualTo("otherwise");
        assertThat(settings.texts("unset", List.of("x"))).containsExactly("x");
        assertThat(settings.integer("unset", 1, 10, null)).isNull();
        assertThat(settings.flag("unset", true)).isTrue();
    }

    @Test
    void settingsOfAnotherTypeAreRefusedWithNameValueAndFix() {
        RunSettings settings = new RunSettings("tested", Map.of("a", 1.5, "b", " "), Set.of("a", "b"));

        for (Runnable wrong : List.<Runnable>of(
                () -> settings.text("a", null),
                () -> settings.texts("a", List.of()),
                () -> settings.integer("a", 1, 10, null),
                () -> settings.flag("a", false))) {
            assertThatExceptionOfType(ConfigurationException.class)
                    .isThrownBy(wrong::run)
                    .withMessageMatching("setting 'a' of agent 'tested' must be .+, but is 1.5");
        }
        assertThatExceptionOfType(ConfigurationException.class).isThrownBy(() -> settings.text("b", null));
        assertThatExceptionOfType(ConfigurationException.class).isThrownBy(() -> settings.integer("b", 1, 10, null));
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> new RunSettings("tested", Map.of("c", 1), Set.of("a", "b")))
                .withMessageContainingAll("[c]", "'tested'", "[a, b]");
    }

    @Test
    void aVersionIsTheFirstLineOfAProgramThatSucceeds() throws Exception {
        Environment path = Environment.allowing("PATH");
        try (ProcessLauncher processes = ProcessLauncher.create()) {
            assertThat(VersionProbe.locate(processes, List.of("sh"), path)).isAbsolute();
            assertThat(VersionProbe.ask(processes, List.of("sh", "-c", "echo; echo ' v 1'; echo two"), path))
                    .isEqualTo("v 1");
            assertThat(VersionProbe.ask(processes, List.of("sh", "-c", "echo v1; exit 1"), path))
                    .isNull();
            assertThat(VersionProbe.ask(processes, List.of("sh", "-c", "true"), path))
                    .isNull();
            assertThatExceptionOfType(ProcessStartException.class)
                    .isThrownBy(() -> VersionProbe.locate(processes, List.of("no-such-program"), path));
        }
    }

    @Test
    void aMessageIsOneLineAndAResultKeepsItsEnd() {
        String longText = "x".repeat(ClientOutcomes.RESULT_CHARS) + "LOOP_COMPLETE";

        AgentOutcome.Finished finished =
                (AgentOutcome.Finished) ClientOutcomes.finished(longText, false, UsageReport.UNKNOWN);

        assertThat(finished.cut()).isTrue();
        assertThat(finished.result()).hasSize(ClientOutcomes.RESULT_CHARS).endsWith("LOOP_COMPLETE");
        assertThat(ClientOutcomes.oneLine(" a\n\tb\0c ", 10)).isEqualTo("a b c");
        assertThat(ClientOutcomes.oneLine("1234567890", 10)).isEqualTo("1234567890");
        assertThat(ClientOutcomes.oneLine("12345678901", 10)).isEqualTo("123456789…");
        assertThat(ClientOutcomes.failed(FailureClass.IDLE, "y".repeat(9_999), UsageReport.UNKNOWN)
                        .message())
                .hasSize(ClientOutcomes.MESSAGE_CHARS);
    }
}
