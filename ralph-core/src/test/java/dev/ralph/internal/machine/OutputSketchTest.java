/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OutputSketchTest {

    private static final String LONG_REPORT = IntStream.range(0, 400)
            .mapToObj(i -> "Test number " + i * 7919 + " of suite " + i % 13 + " took " + i * 31 % 97 + " ms.")
            .collect(Collectors.joining("\n"));

    private static double similarity(String a, String b) {
        double forth = OutputSketch.of(a).similarity(OutputSketch.of(b));
        double back = OutputSketch.of(b).similarity(OutputSketch.of(a));
        assertThat(forth).as("symmetric").isEqualTo(back);
        return forth;
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a", "done", "LOOP_COMPLETE", "Übergrößenträger 你好 \uD83D\uDE80"})
    void aTextIsWhollyLikeItself(String text) {
        assertThat(similarity(text, text)).isEqualTo(1);
        assertThat(similarity(text.repeat(3), text.repeat(3))).isEqualTo(1);
    }

    @Test
    void textsWithoutACommonRunOfCharactersAreNotAlike() {
        assertThat(similarity("abcdefghijklm".repeat(50), "nopqrstuvwxyz".repeat(50)))
                .isZero();
        assertThat(similarity(LONG_REPORT, "Nothing to do with it. ".repeat(100)))
                .isLessThan(0.02);
    }

    @Test
    void aSmallEditOfALongTextIsNearlyIdentical() {
        assertThat(similarity(LONG_REPORT, LONG_REPORT.replace("took 31 ms", "took 4711 ms")))
                .isGreaterThan(0.9);
        assertThat(similarity(LONG_REPORT, LONG_REPORT + "\nDone in 12 s.")).isGreaterThan(0.9);
        assertThat(similarity(LONG_REPORT, "Run at 12:03:44\n" + LONG_REPORT)).isGreaterThan(0.9);
    }

    @Test
    void reportsOnDifferentWorkAreNotNearlyIdentical() {
        String first = "I moved the parser into a class of its own and wrote four tests for it. All 42 tests pass.";
        String second = "I moved the lexer into a class of its own and wrote nine tests for it. All 51 tests pass.";

        assertThat(similarity(first, second)).isLessThan(0.9);
    }

    @Test
    void aTextThatIsHalfAnotherIsAboutHalfLikeIt() {
        String half = LONG_REPORT.substring(0, LONG_REPORT.length() / 2);

        assertThat(similarity(LONG_REPORT, half)).isBetween(0.3, 0.7);
    }

    @ParameterizedTest
    @CsvSource({
        "'done', 'done\n'",
        "'done', '  done'",
        "'all tests pass', 'all  tests\tpass\r\n\n'",
        "'a b', '\n\na\nb '",
        "'', ' \n '"
    })
    void whiteSpaceMakesNoDifference(String a, String b) {
        assertThat(similarity(a, b)).isEqualTo(1);
    }

    @Test
    void whiteSpaceBetweenWordsIsNotNothing() {
        assertThat(similarity("not able", "notable")).isLessThan(1);
    }

    @Test
    void shortTextsThatDifferAreNotAlike() {
        assertThat(similarity("yes", "no")).isZero();
        assertThat(similarity("", "x")).isZero();
        assertThat(similarity("a", "aa")).isZero();
        assertThat(similarity("step 3", "step 4")).isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void estimatesTheShareOfCommonShinglesWithinWhatItsSizeAllows(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 25; i++) {
            String a = letters(random, 20 + random.nextInt(3000));
            String b = edited(random, a);

            double tolerance = 4 * 0.5 / Math.sqrt(OutputSketch.SIZE);
            assertThat(similarity(a, b)).as("seed %d, case %d", seed, i).isCloseTo(exact(a, b), within(tolerance));
        }
    }

    @Test
    void textsOfFewShinglesAreComparedExactly() {
        String a = "All 42 tests pass. I have committed the change.";
        String b = "All 43 tests pass. I have committed the change!";

        assertThat(similarity(a, b)).isEqualTo(exact(a, b));
    }

    @Test
    void itIsNoLargerThanItsSizeWhateverTheText() {
        assertThat(OutputSketch.of(letters(new Random(1), 300_000)).hashes())
                .hasSize(OutputSketch.SIZE)
                .isSorted()
                .doesNotHaveDuplicates();
    }

    @Test
    void aMegabyteIsComparedInPassing() {
        String text = letters(new Random(2), 1_000_000);
        OutputSketch before = OutputSketch.of(text);
        long start = System.nanoTime();

        double similarity = OutputSketch.of(text).similarity(before);

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
        assertThat(similarity).isEqualTo(1);
    }

    private static String letters(Random random, int length) {
        return random.ints(length, 'a', 'z' + 1)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static String edited(Random random, String text) {
        StringBuilder edited = new StringBuilder(text);
        int edits = random.nextInt(text.length() / 10 + 1);
        for (int i = 0; i < edits; i++) {
            edited.setCharAt(random.nextInt(edited.length()), (char) ('a' + random.nextInt(26)));
        }
        return edited.toString();
    }

    private static double exact(String a, String b) {
        Set<String> first = shingles(a);
        Set<String> second = shingles(b);
        Set<String> common = new HashSet<>(first);
        common.retainAll(second);
        return (double) common.size() / (first.size() + second.size() - common.size());
    }

    private static Set<String> shingles(String text) {
        return IntStream.rangeClosed(0, text.length() - OutputSketch.SHINGLE)
                .mapToObj(i -> text.substring(i, i + OutputSketch.SHINGLE))
                .collect(Collectors.toSet());
    }
}
