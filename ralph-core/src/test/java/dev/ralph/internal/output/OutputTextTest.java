/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.output;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ralph.OutputPart;
import dev.ralph.internal.worker.Redactor;
import dev.ralph.process.OutputChannel;
import dev.ralph.spi.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is printed comes back as it was, but for secrets, however the bytes are torn. */
class OutputTextTest {

    private static final String KEY = "sk-ant-0123456789-abcdefghij";
    private static final String SECOND_LINE = "MIIEvQIBADANBgkqhkiG9w0BAQEFAASC";
    private static final String PEM = "-----BEGIN KEY-----\n" + SECOND_LINE + "\n-----END KEY-----";
    private static final String QUOTED = "pa\"ss\\word\t1";

    @Test
    void aSecretIsMaskedWhereverTheBytesAreTorn() {
        String text = "käy " + KEY + "\n" + PEM + "\r\n{\"x\":\"pa\\\"ss\\\\word\\t1\"} 😀 " + KEY + " end\n";
        String masked =
                "käy [redacted]\n[redacted]\n[redacted]\n[redacted]\r\n{\"x\":\"[redacted]\"} 😀 [redacted] end\n";
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);

        for (int first = 0; first <= bytes.length; first++) {
            for (int second = first; second <= Math.min(bytes.length, first + 36); second += 6) {
                Written written = new Written(redactor(KEY, PEM, QUOTED))
                        .out(Arrays.copyOfRange(bytes, 0, first))
                        .out(Arrays.copyOfRange(bytes, first, second))
                        .out(Arrays.copyOfRange(bytes, second, bytes.length));
                assertThat(written.copied())
                        .as("torn after %d and %d bytes", first, second)
                        .isEqualTo(masked);
            }
        }
    }

    @Test
    void aSecretIsMaskedByteByByte() {
        Written written = new Written(redactor(KEY));
        for (byte each : ("x".repeat(40_000) + KEY + "y".repeat(40_000)).getBytes(StandardCharsets.UTF_8)) {
            written.out(each);
        }

        assertThat(written.copied()).isEqualTo("x".repeat(40_000) + "[redacted]" + "y".repeat(40_000));
    }

    @Test
    void aSecretIsMaskedWhereverALongLineIsDivided() {
        for (int before = ChannelText.PIECE - 2 * KEY.length(); before < ChannelText.PIECE + KEY.length(); before++) {
            String beginning = "x".repeat(before) + KEY.substring(0, KEY.length() / 2);
            String rest = KEY.substring(KEY.length() / 2) + "y".repeat(ChannelText.PIECE) + "\n";
            assertThat(new Written(redactor(KEY)).out(beginning).out(rest).copied())
                    .as("after %d characters", before)
                    .isEqualTo((beginning + rest).replace(KEY, "[redacted]"));
        }
    }

    @Test
    void whereSecretsOverlapAllTheWayNoneOfItIsShown() {
        String overlapping = "ab".repeat(ChannelText.PIECE / 2) + "ababab";

        assertThat(new Written(redactor("abababab"))
                        .out(overlapping + "z".repeat(ChannelText.PIECE))
                        .copied())
                .isEqualTo("[redacted][redacted]" + "z".repeat(ChannelText.PIECE));
    }

    @Test
    void noPartOfASecretIsLeftWhereTheProcessDiedOrBytesAreMissing() {
        for (int part = 6; part < KEY.length(); part++) {
            Written died = new Written(redactor(KEY)).out("my key is " + KEY.substring(0, part));
            Written gap = new Written(redactor(KEY))
                    .out("my key is " + KEY.substring(0, part))
                    .missing(3)
                    .out(KEY.substring(KEY.length() - part) + " is my key\nand " + KEY + "\n");

            assertThat(died.copied()).isEqualTo("my key is [redacted]");
            assertThat(gap.copied()).isEqualTo("""
                    my key is [redacted]
                    [… 3 bytes are missing here]
                    [redacted] is my key
                    and [redacted]
                    """);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9})
    void noSecretIsLeftInRandomTextsInRandomPieces(int seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<String> secrets = List.of("ababab", "babbab", "aaaaaaaa", "bé😀aba", "ab ab a", "abba".repeat(100));
        String alphabet = seed % 2 == 0 ? "ab" : "aaabbbé😀  \n";
        int[] letters = alphabet.codePoints().toArray();
        StringBuilder text = new StringBuilder();
        while (text.length() < 60_000) {
            text.appendCodePoint(letters[random.nextInt(letters.length)]);
            if (random.nextInt(40) == 0) {
                text.append(secrets.get(random.nextInt(secrets.size())));
            }
        }
        byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        Written written = new Written(redactor(secrets.toArray(String[]::new)));
        for (int from = 0; from < bytes.length; ) {
            int to = Math.min(bytes.length, from + 1 + random.nextInt(random.nextInt(10) == 0 ? 30_000 : 30));
            written.out(Arrays.copyOfRange(bytes, from, to));
            from = to;
        }

        assertThat(written.copied())
                .as("seed %d", seed)
                .doesNotContain(secrets)
                .doesNotContain("\uFFFD")
                .contains("[redacted]");
    }

    @Test
    void textWithoutSecretsComesBackAsItWasWhateverItsLines() {
        String[] texts = {
            "a",
            "\n",
            "\n\n",
            "a\r\nb\rc\n",
            "no end",
            "o looks like a frame\n= 5\n",
            "\u2028\u0085\n",
            "tab\t\u0000\u001b[31m\n"
        };
        for (String text : texts) {
            assertThat(new Written(redactor(KEY)).out(text).copied()).isEqualTo(text);
        }
    }

    @Test
    void longLinesWithoutSecretsComeBackAsTheyWereWhateverTheirLength() {
        for (int length = ChannelText.PIECE - 3; length < ChannelText.PIECE + 3; length++) {
            for (String line : new String[] {"x".repeat(length), "x".repeat(length) + "😀".repeat(length)}) {
                assertThat(new Written(redactor()).out(line).copied()).isEqualTo(line);
                assertThat(new Written(redactor(KEY)).out(line + "\n").copied()).isEqualTo(line + "\n");
            }
        }
    }

    @Test
    void bytesThatAreNoTextAreReplaced() {
        assertThat(new Written(redactor(KEY))
                        .out((byte) 'a', (byte) 0xFF, (byte) 'b', (byte) '\n', (byte) 0xC3)
                        .copied())
                .isEqualTo("a\uFFFDb\n\uFFFD");
    }

    @Test
    void linesOfBothChannelsComeInTheOrderInWhichTheyEnded() {
        List<OutputPart> parts = new Written(redactor(KEY))
                .out("one\ntw")
                .err("oops\nand")
                .out("o\n")
                .err(" more\n")
                .out("end")
                .parts();

        assertThat(parts)
                .containsExactly(
                        new OutputPart.Printed(OutputChannel.STDOUT, "one\n"),
                        new OutputPart.Printed(OutputChannel.STDERR, "oops\n"),
                        new OutputPart.Printed(OutputChannel.STDOUT, "two\n"),
                        new OutputPart.Printed(OutputChannel.STDERR, "and more\n"),
                        new OutputPart.Printed(OutputChannel.STDOUT, "end"));
    }

    @Test
    void aSecretThatIsLearntWhileALineIsHeldBackIsMaskedToo() {
        Redactor redactor = redactor();
        Written written = new Written(redactor).out("the key " + KEY.substring(0, 10));
        redactor.learn(new Secret("KEY", KEY));

        assertThat(written.out(KEY.substring(10) + "\n").copied()).isEqualTo("the key [redacted]\n");
    }

    private static Redactor redactor(String... secrets) {
        Redactor redactor = Redactor.ofValues();
        for (String secret : secrets) {
            redactor.learn(new Secret("SECRET", secret));
        }
        return redactor;
    }
}
