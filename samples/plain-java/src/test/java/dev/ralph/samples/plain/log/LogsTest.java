/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.plain.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.util.FileSize;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ralph.ConfigurationException;
import dev.ralph.log.Redaction;
import dev.ralph.spi.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogsTest {

    private static final String TOKEN = "ghp_" + "a1B2".repeat(9);
    private static final String KEY = "a-key-of-no-known-shape";
    private static final String LATER = "handed-out-while-it-ran";
    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private final LoggerContext context = new LoggerContext();
    private final LogbackMDCAdapter mdc = new LogbackMDCAdapter();
    private final Masks masks = new Masks(Map.of("SOME_API_KEY", KEY, "HOME", "/home/somebody"));

    @AfterEach
    void stop() {
        context.stop();
    }

    @Test
    void aFileIsRotatedAndTenAreKept() throws Exception {
        Logger log = start(LogFormat.JSON, Level.INFO, "10KB");

        int lines = 2_000;
        for (int line = 0; line < lines; line++) {
            log.info("line {} {}", line, "x".repeat(50));
        }

        List<Path> files = new ArrayList<>();
        for (int old = 9; old >= 1; old--) {
            files.add(folder.resolve("ralph.log." + old));
        }
        files.add(file());
        try (Stream<Path> all = Files.list(folder)) {
            assertThat(all).containsExactlyInAnyOrderElementsOf(files);
        }
        List<Integer> kept = new ArrayList<>();
        for (Path file : files) {
            assertThat(Files.size(file)).isLessThan(11 * 1024);
            for (JsonNode line : json(file)) {
                kept.add(Integer.valueOf(line.get("message").asText().replaceFirst("^\\S+ (\\d+).*$", "$1")));
            }
        }
        assertThat(kept).isSorted().doesNotHaveDuplicates().endsWith(lines - 1);
        assertThat(kept.get(kept.size() - 1) - kept.get(0)).isEqualTo(kept.size() - 1);
    }

    @Test
    void aLineOfJsonHasWhatItWasLoggedWithAndNothingTwice() throws Exception {
        Logger log = start(LogFormat.JSON, Level.INFO, "1MB");
        mdc.put("ralph.run", "some run");

        log.atWarn().addKeyValue("took", 3).log("it took {} for \"{}\"", "long", "ü");

        JsonNode line = json(file()).get(0);
        assertThat(line.get("message").asText()).isEqualTo("it took long for \"ü\"");
        assertThat(line.get("level").asText()).isEqualTo("WARN");
        assertThat(line.get("loggerName").asText()).isEqualTo("dev.ralph.test");
        assertThat(line.at("/mdc/ralph.run").asText()).isEqualTo("some run");
        assertThat(line.at("/kvpList/0/took").asText()).isEqualTo("3");
        assertThat(line.get("timestamp").isNumber()).isTrue();
        assertThat(line.has("arguments")).isFalse();
    }

    @Test
    void whoeverLogsItNoSecretAndNoForgedLineGetsThrough() throws Exception {
        for (LogFormat format : LogFormat.values()) {
            Logger log = start(format, Level.INFO, "1MB");
            masks.add(Redaction.of(List.of(new Secret("LATER", LATER))));
            String hostile = TOKEN + " " + KEY + " " + LATER + "\r\n12:00:00 ERROR Login: forged\u001B[2J\u2028forged";
            mdc.put("tenant", hostile);

            log.atError()
                    .addKeyValue("pair", hostile)
                    .setCause(new IllegalStateException(hostile, new IOException(hostile)))
                    .log("failed: {}", hostile);
            context.getLogger("org.somebody.else").warn(hostile);

            String text = Files.readString(file());
            assertThat(text)
                    .contains("[redacted] [redacted] [redacted] 12:00:00 ERROR Login: forged", "LogsTest")
                    .doesNotContain(TOKEN, KEY, LATER, "\u001B", "\r", "\u2028");
            assertThat(text.lines()).noneMatch(line -> line.startsWith("12:00:00"));
            if (format == LogFormat.JSON) {
                assertThat(json(file())).hasSize(2);
            }
            context.reset();
            Files.delete(file());
        }
    }

    @Test
    void ofWhatIsTalkativeOnlyTheFirstCauseIsTold() throws Exception {
        start(LogFormat.TEXT, Level.INFO, "1MB");

        context.getLogger("com.zaxxer.hikari.pool.HikariPool")
                .warn("no connection", new IllegalStateException("outer", new IOException("refused\nhere")));

        assertThat(Files.readString(file()))
                .contains("HikariPool: no connection java.io.IOException: refused here")
                .doesNotContain("outer")
                .hasLineCount(1);
    }

    @Test
    void librariesAreQuieterThanRalphUntilSomebodyDebugs() {
        start(LogFormat.TEXT, Level.INFO, "1MB");
        assertThat(context.getLogger("dev.ralph.steps").isInfoEnabled()).isTrue();
        assertThat(context.getLogger("org.flywaydb.core").isInfoEnabled()).isFalse();
        assertThat(context.getLogger("org.flywaydb.core").isWarnEnabled()).isTrue();

        context.reset();
        start(LogFormat.TEXT, Level.DEBUG, "1MB");
        assertThat(context.getLogger("org.flywaydb.core").isDebugEnabled()).isTrue();
    }

    @Test
    void aFileThatCannotBeWrittenIsRefused() throws Exception {
        Path notAFolder = Files.createFile(folder.resolve("taken"));

        assertThatThrownBy(() -> LogFiles.requireWritable(notAFolder.resolve("ralph.log")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("LOG_FILE is '" + notAFolder.resolve("ralph.log") + "', which cannot be written");
        assertThatThrownBy(() -> LogFiles.requireWritable(folder)).hasMessageContaining("LOG_FILE is '" + folder);
    }

    private Logger start(LogFormat format, Level level, String size) {
        context.setMDCAdapter(mdc);
        Logs.configure(context, new LogSettings(level, format, file(), FileSize.valueOf(size), null), masks);
        return context.getLogger("dev.ralph.test");
    }

    private Path file() {
        return folder.resolve("ralph.log");
    }

    private static List<JsonNode> json(Path file) throws IOException {
        List<JsonNode> lines = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            lines.add(JSON.readTree(line));
        }
        return lines;
    }
}
