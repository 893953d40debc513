/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.spring.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.OutputStreamAppender;
import dev.ralph.ConfigurationException;
import dev.ralph.log.Redaction;
import dev.ralph.spi.Secret;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.MarkerFactory;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

class LogGuardTest {

    private static final String PASSWORD = "correct-horse-battery";
    private static final String TOKEN = "ghp_" + "a1B2".repeat(9);
    private static final String OWN_KEY = "ralph_" + "0af9".repeat(6) + "_" + "e71c".repeat(16);
    private static final String SETUP_TOKEN = "ralph_setup_" + "e71c".repeat(16);
    private static final String LATER = "handed-out-while-it-ran";

    private final LoggerContext context = new LoggerContext();
    private final LogbackMDCAdapter mdc = new LogbackMDCAdapter();
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);

    @BeforeEach
    void setUpAsBootDoes() {
        context.setMDCAdapter(mdc);
        PatternLayoutEncoder encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setPattern("%level %mdc %kvp %msg%n%ex");
        encoder.start();
        append(encoder, root);
    }

    private void append(PatternLayoutEncoder encoder, Logger logger) {
        OutputStreamAppender<ILoggingEvent> console = new OutputStreamAppender<>();
        console.setContext(context);
        console.setEncoder(encoder);
        console.setOutputStream(written);
        console.start();
        logger.addAppender(console);
    }

    @AfterEach
    void stop() {
        context.stop();
    }

    @Test
    void whoeverLogsItNoSecretAndNoForgedLineGetsThrough() {
        LogGuard.guard(context, environment(Map.of("spring.datasource.password", PASSWORD)));
        Objects.requireNonNull(LogGuard.masks(context)).add(Redaction.of(List.of(new Secret("later", LATER))));
        String hostile = String.join(" ", PASSWORD, TOKEN, OWN_KEY, SETUP_TOKEN, LATER) + "\r\nERROR forged\u001B[2J";
        mdc.put("tenant", hostile);

        context.getLogger("org.somebody.else")
                .atError()
                .addKeyValue("pair", hostile)
                .setCause(new IllegalStateException(hostile, new IOException(hostile)))
                .log("failed: {}", hostile);

        assertThat(text())
                .contains("failed: [redacted] [redacted] ralph_" + "0af9".repeat(6)
                        + "_[redacted] ralph_setup_[redacted]")
                .contains("LogGuardTest")
                .doesNotContain(PASSWORD, TOKEN, "e71ce71c", LATER, "\u001B", "\r");
        assertThat(text().lines()).noneMatch(line -> line.startsWith("ERROR forged"));
    }

    @Test
    void valuesThatReferToWhatIsNotThereOrToThemselvesAreMaskedAndStopNothing() {
        LogGuard.guard(
                context,
                environment(Map.of(
                        "some.password",
                        "x${nobody}yz",
                        "A_TOKEN",
                        "${A_TOKEN}",
                        "api.key",
                        "${part}-end",
                        "part",
                        "begin")));
        root.warn("x${nobody}yz and begin-end");

        assertThat(text()).contains("[redacted] and [redacted]");
    }

    @Test
    void whereALineWasLoggedIsKnown() {
        PatternLayoutEncoder encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setPattern("%C{0}.%M %marker %msg%n");
        encoder.start();
        append(encoder, root);
        LogGuard.guard(context, environment(Map.of("some.password", PASSWORD)));

        root.warn(MarkerFactory.getMarker("MARKED"), "here is {}", PASSWORD);

        assertThat(text()).contains("LogGuardTest.whereALineWasLoggedIsKnown MARKED here is [redacted]");
    }

    @Test
    void appendersOfOtherLoggersAreGuardedToo() {
        PatternLayoutEncoder encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setPattern("own: %msg%n");
        encoder.start();
        Logger apart = context.getLogger("org.apart");
        apart.setAdditive(false);
        append(encoder, apart);
        LogGuard.guard(context, environment(Map.of("some.password", PASSWORD)));

        apart.warn("it is {}", PASSWORD);

        assertThat(text()).isEqualTo("own: it is [redacted]\n");
    }

    @Test
    void eachLineIsWrittenOnce() {
        LogGuard.guard(context, environment(Map.of()));
        root.warn("once");

        assertThat(text()).hasLineCount(1);
    }

    @Test
    void namesThatHoldNoSecretMaskNothing() {
        LogGuard.guard(
                context,
                environment(Map.of("host.keys.setup-token", "always", "ssl.key.location", "/etc/keys/key.pem")));
        root.warn("always, from /etc/keys/key.pem");

        assertThat(text()).contains("always, from /etc/keys/key.pem");
    }

    @Test
    void everyPartOfAValueThatHoldsSeveralKeysIsMasked() {
        LogGuard.guard(
                context, environment(Map.of("ENCRYPTION_KEYS", "first:0123456789abcdef,second:fedcba9876543210")));
        root.warn("tried fedcba9876543210");

        assertThat(text()).contains("tried [redacted]");
    }

    @Test
    void whatIsMeantForTheOperatorIsLeftAsItIs() {
        LogGuard.guard(context, environment(Map.of()));
        root.warn(LogMarkers.FOR_THE_OPERATOR, "use {}\n    here", SETUP_TOKEN);

        assertThat(text()).contains("use " + SETUP_TOKEN + "\n    here");
    }

    @Test
    void reportsOfBootKeepTheirLinesAndLoseTheirSecrets() {
        LogGuard.guard(context, environment(Map.of("some.token", PASSWORD)));
        context.getLogger("org.springframework.boot.diagnostics.LoggingFailureAnalysisReporter")
                .error("\n\nDescription:\n\nvalue {}", PASSWORD);

        assertThat(text()).contains("Description:\n\nvalue [redacted]");
    }

    @Test
    void aSecondApplicationOfThisJvmHasItsSecretsMaskedToo() {
        LogGuard.guard(context, environment(Map.of()));
        LogGuard.guard(context, environment(Map.of("api.key", PASSWORD)));
        root.warn("it is {}", PASSWORD);

        assertThat(text()).hasLineCount(1).contains("it is [redacted]");
    }

    @Test
    void errorsAreReportedWithoutSecretsAndOtherLinesAreNot() throws Exception {
        try (SentryServer sentry = new SentryServer()) {
            LogGuard.guard(context, environment(Map.of("sentry.dsn", sentry.dsn(), "some.password", PASSWORD)));
            mdc.put("ralph.run", "the-run");

            root.warn("only a warning");
            root.error("it broke: {}", PASSWORD, new IOException("for " + PASSWORD));

            await().until(() -> !sentry.envelopes().isEmpty());
            context.stop();
            assertThat(sentry.envelopes())
                    .singleElement()
                    .satisfies(report -> assertThat(report)
                            .contains(
                                    "it broke: [redacted]",
                                    "for [redacted]",
                                    "LogGuardTest",
                                    "\"ralph.run\":\"the-run\"")
                            .doesNotContain(PASSWORD, "only a warning"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"sentry.example/1", "https://sentry.example/1", "https://key@sentry.example", "https:// /"})
    void aDsnThatIsNoneIsRefusedAndNotShown(String dsn) {
        assertThatThrownBy(() -> LogGuard.guard(context, environment(Map.of("sentry.dsn", dsn))))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("SENTRY_DSN is no DSN; copy it from the project's settings in Sentry")
                .hasMessageNotContaining(dsn);
    }

    private String text() {
        return written.toString(StandardCharsets.UTF_8);
    }

    private static ConfigurableEnvironment environment(Map<String, Object> properties) {
        ConfigurableEnvironment environment = new StandardEnvironment();
        environment.getPropertySources().addFirst(new MapPropertySource("test", properties));
        return environment;
    }
}
