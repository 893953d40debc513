/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.plain.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import dev.ralph.ConfigurationException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LogSettingsTest {

    private static final String DSN = "http://0123456789abcdef@127.0.0.1:9000/1";

    @Test
    void byItselfTheLogIsForWhatGoesWrong() {
        LogSettings settings = read(LogUse.WORKING, Map.of("LOG_LEVEL", " "));

        assertThat(settings.level()).isEqualTo(Level.WARN);
        assertThat(settings.format()).isEqualTo(LogFormat.TEXT);
        assertThat(settings.file()).isNull();
        assertThat(settings.fileSize().getSize()).isEqualTo(100L * 1024 * 1024);
        assertThat(settings.sentryDsn()).isNull();
    }

    @ParameterizedTest
    @CsvSource({"LOG_FORMAT,json", "LOG_FORMAT,text", "LOG_FILE,ralph.log"})
    void whereSomebodyAsksForALogItSaysWhatIsDone(String name, String value) {
        assertThat(read(LogUse.WORKING, Map.of(name, value)).level()).isEqualTo(Level.INFO);
        assertThat(read(LogUse.WORKING, Map.of(name, value, "LOG_LEVEL", "error"))
                        .level())
                .isEqualTo(Level.ERROR);
        assertThat(read(LogUse.LOOKING, Map.of(name, value)).level()).isEqualTo(Level.WARN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"error", "warn", "info", "debug", "trace", "off", "INFO", " Debug "})
    void levelsAreRead(String level) {
        assertThat(read(LogUse.LOOKING, Map.of("LOG_LEVEL", level)).level().toString())
                .isEqualToIgnoringCase(level.strip());
    }

    @Test
    void whoeverOnlyLooksLeavesFileAndReportsToThoseThatWork() {
        Map<String, String> both = Map.of("LOG_FILE", "ralph.log", "SENTRY_DSN", DSN);

        assertThat(read(LogUse.LOOKING, both).file()).isNull();
        assertThat(read(LogUse.LOOKING, both).sentryDsn()).isNull();
        assertThat(read(LogUse.WORKING, both).file())
                .isEqualTo(Path.of("ralph.log").toAbsolutePath());
        assertThat(read(LogUse.WORKING, both).sentryDsn()).isEqualTo(DSN);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "LOG_LEVEL | loud | LOG_LEVEL is 'loud', but must be error, warn, info, debug, trace or off",
                "LOG_FORMAT | xml | LOG_FORMAT is 'xml', but must be json or text",
                "LOG_FILE_SIZE | big | LOG_FILE_SIZE is 'big', but must be a size such as 500KB, 100MB or 1GB",
                "LOG_FILE_SIZE | 0MB | LOG_FILE_SIZE is '0MB', but must be a size such as 500KB, 100MB or 1GB"
            })
    void aBadValueIsNamedWithWhatIsPossible(String name, String value, String said) {
        for (LogUse use : LogUse.values()) {
            assertThatThrownBy(() -> read(use, Map.of(name, value)))
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessage(said);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0123456789abcdef",
                "https://host.example/1",
                "https://0123456789abcdef@host.example",
                "https://0123456789abcdef@host.example/",
                "ftp://0123456789abcdef@host.example/1",
                "https://:0123456789abcdef@host.example/1",
                "https://0123456789abcdef@host example/1"
            })
    void aDsnThatIsNoneIsRefusedWithoutBeingShown(String dsn) {
        assertThatThrownBy(() -> read(LogUse.WORKING, Map.of("SENTRY_DSN", dsn)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("SENTRY_DSN is no DSN")
                .hasMessageContaining("https://KEY@HOST/PROJECT")
                .hasMessageNotContaining("0123456789abcdef");
    }

    @SuppressWarnings("NullAway") // It does not read from class files that a value may be null.
    private static LogSettings read(LogUse use, Map<String, String> variables) {
        return LogSettings.read(use, variables::get);
    }
}
