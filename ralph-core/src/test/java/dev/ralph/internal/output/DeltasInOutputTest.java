/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.output;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.ralph.internal.secret.Token;
import dev.ralph.internal.worker.Redactor;
import dev.ralph.spi.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** No secret is left in what is stored of a text that a client tells in pieces, a line of JSON each. */
class DeltasInOutputTest {

    private static final String KEY = "canary-0123456789-abcdefghij";
    private static final String QUOTED = "pa\"ss\\word\t1";

    @Test
    void aSecretIsMaskedWhereverItIsDivided() {
        for (String secret : List.of(KEY, QUOTED)) {
            String text = "my key is " + secret + ", keep it";
            for (int first = 0; first < text.length(); first++) {
                for (int second = first; second < Math.min(text.length(), first + 12); second += 3) {
                    String copied = new Written(redactor())
                            .out(delta(text.substring(0, first)))
                            .out(delta(text.substring(first, second)))
                            .out(delta(text.substring(second)))
                            .copied();
                    assertThat(told(copied))
                            .as("divided after %d and %d characters", first, second)
                            .isEqualTo("my key is [redacted], keep it");
                }
            }
        }
    }

    @Test
    void aSecretIsMaskedThatIsToldCharacterByCharacter() {
        Written written = new Written(redactor());
        for (char each : ("It is " + KEY + ".").toCharArray()) {
            written.out(delta(String.valueOf(each)));
        }

        assertThat(told(written.copied())).isEqualTo("It is [redacted].");
    }

    @Test
    void noTokenIsLeftInTextsThatAreToldInRandomPieces() {
        SplittableRandom random = new SplittableRandom(11);
        for (Token token : Token.all(random)) {
            String text = "It is in the file:\n" + token.text() + "\nand nowhere else. " + "It is fine. ".repeat(400);
            StringBuilder lines = new StringBuilder();
            for (int from = 0; from < text.length(); ) {
                int to = Math.min(text.length(), from + 1 + random.nextInt(12));
                lines.append(delta(text.substring(from, to)));
                from = to;
            }
            byte[] bytes = lines.toString().getBytes(StandardCharsets.UTF_8);
            Written written = new Written(redactor());
            for (int from = 0; from < bytes.length; ) {
                int to = Math.min(bytes.length, from + 1 + random.nextInt(300));
                written.out(Arrays.copyOfRange(bytes, from, to));
                from = to;
            }

            String told = told(written.copied());

            assertThat(token.isLeftIn(told)).as("%s: %s", token.kind(), told).isFalse();
            assertThat(told).startsWith("It is in the file:").endsWith("It is fine. ");
        }
    }

    @Test
    void linesComeBackAsTheyWereButForSecrets() {
        String other = "{\"type\":\"tool_use\",\"tool_name\":\"x\"}\n";
        String text = delta("one ") + delta("") + delta("two\n") + other + delta("three") + "no JSON, \"delta\":true\n"
                + "{\"content\":{\"content\":\"" + "deep\"},\"delta\":true}\n" + "{\"delta\":true,\"content\":5}\n"
                + "{\"delta\":true\n" + "{\"delta\":true, \"content\" : \"first\"}\r\n" + delta("x".repeat(40_000))
                + delta("end");

        assertThat(new Written(redactor()).out(text).copied()).isEqualTo(text);
        assertThat(new Written(redactor())
                        .out(delta("a " + KEY) + delta("b") + other + KEY + "\n")
                        .copied())
                .isEqualTo(delta("a [redacted]") + delta("b") + other + "[redacted]\n");
    }

    @Test
    void noMoreThanAWordOfASecretIsLeftWhereTheProcessDiedOrBytesAreMissing() {
        for (int part = 7; part < KEY.length() - 6; part++) {
            String beginning = delta("it is " + KEY.substring(0, 3)) + delta(KEY.substring(3, part));
            Written gap = new Written(redactor())
                    .out(beginning)
                    .missing(1)
                    .out(delta(KEY.substring(part + 1) + " and"))
                    .out(delta(" more"));

            assertThat(told(new Written(redactor()).out(beginning).copied())).isEqualTo("it is [redacted]");
            assertThat(told(gap.copied())).isEqualTo("it is [redacted] and more");
        }
    }

    @Test
    void nothingOfASecretIsLeftWhereALineIsTornThatGoesOnWithIt() {
        String line = delta(KEY.substring(9));
        String torn = line.substring(0, line.indexOf(KEY.substring(9)) + KEY.length() - 11);

        String copied = new Written(redactor())
                .out(delta("it is " + KEY.substring(0, 9)))
                .out(torn)
                .copied();

        assertThat(copied).doesNotContain(KEY.substring(0, 9), KEY.substring(9, KEY.length() - 2));
    }

    @Test
    void nothingOfASecretIsLeftBehindAGapWithinALine() {
        String line = delta(KEY.substring(6, 18));

        String copied = new Written(redactor())
                .out(delta("it is "))
                .missing(1)
                .out(line.substring(line.indexOf(KEY.substring(6, 18)) + 1))
                .out(delta(KEY.substring(18) + " and"))
                .copied();

        assertThat(copied).contains("[redacted] and").doesNotContain(KEY.substring(18));
    }

    @Test
    void ofALongTextSecretsAreMaskedWhereverItIsPassedOn() {
        String filler = delta("x".repeat(1000));
        int around = delta("").length() - 1;
        int fillers = ToldText.MOST / (filler.length() - 1) - 1;
        int rest = ToldText.MOST - fillers * (filler.length() - 1) - around;
        for (int before = 0; before < 3 * around; before += 10) {
            String text = filler.repeat(fillers)
                    + delta("x".repeat(rest - before))
                    + delta(" key " + KEY.substring(0, 14))
                    + delta(KEY.substring(14) + " end ")
                    + filler.repeat(3);

            assertThat(told(new Written(redactor()).out(text).copied()))
                    .as("%d characters before it is passed on", before)
                    .isEqualTo("x".repeat(1000 * fillers + rest - before) + " key [redacted] end " + "x".repeat(3000));
        }
    }

    private static String delta(String text) {
        return "{\"type\":\"message\",\"role\":\"assistant\",\"content\":\""
                + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + "\",\"delta\":true}\n";
    }

    /** What the lines tell, with one mark for what was hidden in several of them. */
    private static String told(String copied) {
        return copied.lines()
                .map(DeltaLine::of)
                .filter(Objects::nonNull)
                .map(Mask.Part::text)
                .collect(Collectors.joining())
                .replaceAll("(\\[redacted])+", "[redacted]");
    }

    private static Redactor redactor() {
        Redactor redactor = Redactor.ofValuesAndShapes();
        redactor.learn(new Secret("KEY", KEY));
        redactor.learn(new Secret("QUOTED", QUOTED));
        return redactor;
    }
}
