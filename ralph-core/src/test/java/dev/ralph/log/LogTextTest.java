/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LogTextTest {

    private static final String TOKEN = "ghp_" + "a1B2".repeat(9);

    @Test
    void ordinaryTextStaysAsItIs() {
        String text = "git: 'näh' is no command; see https://localhost/ \uD83D\uDE00 (50 %)";

        assertThat(LogText.line(text)).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\r", "\u0085", "\u2028", "\u2029", "\u000B", "\f", "\0", "\b\b\b", "\u202E"})
    void nothingInATextBeginsALineOrReordersIt(String separator) {
        assertThat(LogText.line("failed" + separator + "12:00:00 ERROR Login: root logged in"))
                .isEqualTo("failed 12:00:00 ERROR Login: root logged in");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ESC[31mred ESC[0m| red",
                "ESC[2JESC[1;1H| cleared",
                "ESC]0;a titleBEL| titled",
                "ESC]8;;http://localhostESC\\| linked",
                "ESCPpayloadESC\\| device",
                "ESC(B| charset",
                "CSI31m| eight bits"
            })
    void whatATerminalObeysIsDropped(String sequence, String rest) {
        String sent = sequence.replace("ESC", "\u001B").replace("BEL", "\u0007").replace("CSI", "\u009B");

        assertThat(LogText.line(sent + rest).strip())
                .endsWith(rest.strip())
                .doesNotContain("\u001B", "\u0007", "\u009B");
        assertThat(LogText.line(sent + rest)).doesNotContain("[31m", "[2J", "payload", "a title");
    }

    @Test
    void aSequenceThatNeverEndsDoesNotSwallowTheNextLine() {
        assertThat(LogText.line("\u001B]0;swallows\nseen")).isEqualTo("seen");
    }

    @Test
    void halvesOfCharactersAreReplaced() {
        assertThat(LogText.line("a\uD83Db\uDE00c")).isEqualTo("a b c");
    }

    @Test
    void secretsAreMaskedByTheirShapeEvenIfEscapeSequencesDivideThem() {
        assertThat(LogText.line("token " + TOKEN)).isEqualTo("token [redacted]");
        assertThat(LogText.line("token " + TOKEN.substring(0, 12) + "\u001B[0m" + TOKEN.substring(12)))
                .isEqualTo("token [redacted]");
    }

    @Test
    void aLongTextIsCutBetweenCharactersAndShowsNothingOfASecretAtTheCut() {
        String smileys = "\uD83D\uDE00".repeat(5_000);

        assertThat(LogText.line("a" + smileys)).hasSizeLessThanOrEqualTo(4_001).endsWith("\uD83D\uDE00\u2026");
        assertThat(LogText.line("x".repeat(3_980) + " " + TOKEN)).doesNotContain("a1B2");
        assertThat(LogText.line("x".repeat(32 * 1024 - 20) + " " + TOKEN).length())
                .isLessThanOrEqualTo(4_001);
    }

    @Test
    void whatIsNotThereIsNull() {
        assertThat(LogText.line(null)).isEqualTo("null");
    }

    @Test
    void ofAFailureItsTraceStaysAndMessagesAreSafe() {
        IllegalStateException thrown = new IllegalStateException(
                "401 for " + TOKEN + "\n12:00:00 ERROR forged",
                new IOException("cause\r\n\tat forged.Frame(Forged.java:1)"));
        thrown.addSuppressed(new IllegalArgumentException("suppressed\u001B[2J " + TOKEN));

        String trace = printed(LogText.failure(thrown));

        assertThat(trace.lines())
                .allSatisfy(line -> assertThat(line)
                        .matches("java\\.lang\\.IllegalStateException: 401 for \\[redacted] 12:00:00 ERROR forged"
                                + "|\\s+at \\S.*|\\s+\\.\\.\\. \\d+ more"
                                + "|Caused by: java\\.io\\.IOException: cause at forged\\.Frame\\(Forged\\.java:1\\)"
                                + "|\\tSuppressed: java\\.lang\\.IllegalArgumentException: suppressed \\[redacted]"));
        assertThat(trace).contains("LogTextTest.ofAFailureItsTraceStays", "Caused by: ", "Suppressed: ");
        assertThat(LogText.failure(thrown).getStackTrace()).isEqualTo(thrown.getStackTrace());
    }

    @Test
    void failuresThatCauseEachOtherAreCopiedOnce() {
        IllegalStateException first = new IllegalStateException("first");
        IllegalStateException second = new IllegalStateException("second", first);
        first.initCause(second);

        assertThat(printed(LogText.failure(first)))
                .contains("first", "Caused by: java.lang.IllegalStateException: second");
    }

    private static String printed(Throwable failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}
