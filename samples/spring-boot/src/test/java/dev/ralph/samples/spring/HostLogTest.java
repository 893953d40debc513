/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ralph.samples.spring.log.SentryServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The log of the program in a JVM of its own. */
class HostLogTest {

    private static final String PASSWORD = "correct-horse-battery";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Test
    void aStartThatFailsIsToldAndReportedWithoutSecrets() throws Exception {
        Path log = folder.resolve("log");
        try (SentryServer sentry = new SentryServer();
                HostProcess host = HostProcess.start(
                        properties(Map.of(
                                "sentry.dsn",
                                sentry.dsn(),
                                "some.password",
                                PASSWORD,
                                "host.tenants",
                                PASSWORD + " !")),
                        log)) {
            host.awaitEnd();

            assertThat(Files.readString(log))
                    .contains("APPLICATION FAILED TO START\n", "[redacted]")
                    .doesNotContain(PASSWORD);
            assertThat(sentry.envelopes())
                    .isNotEmpty()
                    .allSatisfy(report -> assertThat(report).doesNotContain(PASSWORD));
            assertThat(sentry.envelopes())
                    .anySatisfy(report -> assertThat(report).contains("APPLICATION FAILED TO START"));
        }
    }

    @Test
    void aDsnThatIsNoneEndsTheStart() throws Exception {
        Path log = folder.resolve("log");
        try (HostProcess host = HostProcess.start(properties(Map.of("sentry.dsn", "https://here/1")), log)) {
            host.awaitEnd();

            assertThat(Files.readString(log)).contains("SENTRY_DSN is no DSN").doesNotContain("https://here/1");
        }
    }

    @Test
    void linesOfJsonAreMaskedAndTheSetUpTokenIsNot() throws Exception {
        Path log = folder.resolve("log");
        try (HostProcess host = HostProcess.start(
                properties(Map.of(
                        "logging.structured.format.console",
                        "logstash",
                        "some.password",
                        PASSWORD,
                        "spring.profiles.active",
                        PASSWORD)),
                log)) {
            await().atMost(Duration.ofMinutes(2))
                    .until(() -> Files.readString(log).contains("ralph_setup_"));

            assertThat(Files.readString(log))
                    .contains("1 profile is active: \\\"[redacted]\\\"")
                    .doesNotContain(PASSWORD)
                    .containsPattern(
                            "\"message\":\"Tenant 'default' has no administrator[^\"]*ralph_setup_[0-9a-f]{64}");
            host.kill();
        }
    }

    private Map<String, String> properties(Map<String, String> more) {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("host.home", folder.resolve("home").toString());
        all.putAll(more);
        return all;
    }
}
