/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.output;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ralph.internal.secret.Token;
import dev.ralph.internal.worker.Redactor;
import dev.ralph.spi.Secret;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No secret that is recognised by its shape is left in what is stored of an output, however it comes. */
class ShapesInOutputTest {

    private static final String[] WORDS = {
        "building",
        "tests passed,",
        "9fceb02d0ae598e95dc970b74767f19372d61af8",
        "src/main/java",
        "\u001b[31mred\u001b[0m",
        "käse",
        "😀",
        "{\"a\":",
        "\"b\\n\"",
        "https://x.example/a?b=c",
        "…",
        "eyJ",
        "sk-",
        "-----",
        "://"
    };

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19})
    void noTokenIsLeftInRandomTextsInRandomPieces(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Token> planted = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        String known = "pass word " + random.nextInt(1_000_000);
        boolean oneLine = seed % 2 == 0;
        while (text.length() < 150_000) {
            words(random, text, 1 + random.nextInt(random.nextInt(20) == 0 ? 3000 : 30));
            List<Token> all = Token.all(random);
            Token token = random.nextInt(20) == 0 ? Token.jwt(random, 40_000) : all.get(random.nextInt(all.size()));
            if (!oneLine || !token.text().contains("\n")) {
                planted.add(token);
                text.append(token.text());
            }
            text.append(random.nextInt(5) == 0 ? " " + known + " " : "\"").append(oneLine ? " " : "\n");
        }

        String copied = copied(random, text.toString(), known);

        Set<String> rows = Token.inRows(copied).collect(Collectors.toSet());
        for (Token token : planted) {
            assertThat(token.pieces().anyMatch(rows::contains))
                    .as("%s, seed %d", token.kind(), seed)
                    .isFalse();
        }
        assertThat(copied).doesNotContain(known).contains("tests passed,", "src/main/java", "käse 😀");
    }

    @Test
    void noTokenIsLeftWhereverALongLineIsDivided() {
        SplittableRandom random = new SplittableRandom(1);
        for (Token token : Token.all(random)) {
            String printed = token.text().replace("\n", "\\n");
            for (int before = ChannelText.PIECE - printed.length() - 2; before < ChannelText.PIECE + 2; before += 7) {
                String line = "x".repeat(before - 1) + " " + printed + " " + "y".repeat(ChannelText.PIECE);
                String copied =
                        new Written(Redactor.ofValuesAndShapes()).out(line).copied();
                assertThat(token.isLeftIn(copied))
                        .as("%s after %d characters", token.kind(), before)
                        .isFalse();
                assertThat(copied).startsWith("x".repeat(before - 1)).endsWith("y".repeat(ChannelText.PIECE));
            }
        }
    }

    @Test
    void ofATokenNoMoreThanAWordIsLeftWhereTheProcessDied() {
        for (Token token : Token.all(new SplittableRandom(2))) {
            int begin = token.text().indexOf(token.secret());
            for (int end = begin + 16; end < token.text().length(); end++) {
                String copied = new Written(Redactor.ofValuesAndShapes())
                        .out("it is " + token.text().substring(0, end))
                        .copied();
                assertThat(token.isLeftIn(copied))
                        .as("%s: %s", token.kind(), copied)
                        .isFalse();
            }
        }
    }

    @Test
    void aTokenThatGoesOnAfterAGapIsHiddenOnBothSides() {
        Token token = Token.jwt(new SplittableRandom(3), 200);
        String copied = new Written(Redactor.ofValuesAndShapes())
                .out("it is " + token.text().substring(0, 300))
                .missing(1)
                .out(token.text().substring(301) + " and more")
                .copied();

        assertThat(token.isLeftIn(copied)).isFalse();
        assertThat(copied).isEqualTo("it is [redacted]\n[… 1 bytes are missing here]\n[redacted] and more");
    }

    @Test
    void aHostThatWantsItGetsShapesAsTheyWere() {
        String text = "ghp_" + "a1B2".repeat(9) + "\nnext\n";

        assertThat(new Written(Redactor.ofValues()).out(text).copied()).isEqualTo(text);
        assertThat(new Written(Redactor.ofValuesAndShapes()).out(text).copied()).isEqualTo("[redacted]\nnext\n");
    }

    private static String copied(SplittableRandom random, String text, String known) {
        Redactor redactor = Redactor.ofValuesAndShapes();
        redactor.learn(new Secret("KNOWN", known));
        Written written = new Written(redactor);
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        for (int from = 0; from < bytes.length; ) {
            int to = Math.min(bytes.length, from + 1 + random.nextInt(random.nextInt(10) == 0 ? 30_000 : 300));
            written.out(Arrays.copyOfRange(bytes, from, to));
            from = to;
        }
        return written.copied();
    }

    private static void words(SplittableRandom random, StringBuilder text, int count) {
        text.append("käse 😀 tests passed, src/main/java ");
        for (int i = 0; i < count; i++) {
            text.append(WORDS[random.nextInt(WORDS.length)]).append(random.nextInt(8) == 0 ? "  " : " ");
        }
    }
}
