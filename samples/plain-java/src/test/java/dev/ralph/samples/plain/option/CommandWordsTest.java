/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.plain.option;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.ralph.InvalidValueException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandWordsTest {

    /** Every form of quoting, with nothing a shell would expand. */
    private static final List<String> PLAIN = List.of(
            "mvn -q test",
            "  leading   and trailing  ",
            "tab\tand\nline",
            "a 'b c' d",
            "a \"b c\" d",
            "a'b c'\"d e\"f",
            "'' x \"\"",
            "--x='y z'",
            "a\\ b c\\\\d \\'e \\\"f",
            "\"a\\\"b\\\\c\\$d\\`e\\f\"",
            "'a\\b\"c'",
            "'it'\\''s'",
            "sh -c 'a && b; c | d > e'",
            "'&&' \\| \";\"",
            "ümläut '日本語 😀'");

    @Test
    @Tag("linux")
    void splitsAsAPosixShellDoes() throws Exception {
        for (String line : PLAIN) {
            assertThat(CommandWords.split("--gate", line)).as(line).isEqualTo(byShell(line));
        }
    }

    @Test
    void expandsNothing() {
        assertThat(CommandWords.split("--gate", "echo $HOME `id` $(id) * ~ {a,b} #c"))
                .containsExactly("echo", "$HOME", "`id`", "$(id)", "*", "~", "{a,b}", "#c");
    }

    @ParameterizedTest
    @ValueSource(strings = {"mvn test && ./x", "a | b", "a > b", "a ; b", "a 2>&1", "a &", "a || b"})
    void refusesOperatorsOfAShell(String line) {
        assertThatExceptionOfType(InvalidValueException.class)
                .isThrownBy(() -> CommandWords.split("--gate", line))
                .withMessageContaining("--gate")
                .withMessageContaining("sh -c");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a 'b", "a \"b", "a \"b\\\"", "a\\"})
    void refusesQuotesThatDoNotEnd(String line) {
        assertThatExceptionOfType(InvalidValueException.class)
                .isThrownBy(() -> CommandWords.split("--gate", line))
                .withMessageContaining("--gate '" + line + "'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "\t\n"})
    void refusesNothing(String line) {
        assertThatExceptionOfType(InvalidValueException.class)
                .isThrownBy(() -> CommandWords.split("--gate", line))
                .withMessageContaining("is blank");
    }

    private static List<String> byShell(String line) throws IOException, InterruptedException {
        Process shell = new ProcessBuilder("sh", "-c", "printf '%s\\0' " + line.replace('\n', ' '))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String output = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(shell.waitFor()).isZero();
        List<String> words = new ArrayList<>(Arrays.asList(output.split("\0", -1)));
        words.remove(words.size() - 1);
        return words;
    }
}
