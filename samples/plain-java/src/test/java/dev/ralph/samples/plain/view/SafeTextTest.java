/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.plain.view;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SafeTextTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a\u001B[31mb",
                "a\u001B[2J\u001B[Hb",
                "a\u009B31mb",
                "a\u001B]0;title\u0007b",
                "a\u001B]8;;http://x\u001B\\b",
                "a\u001B]52;c;ZWNobyBoaQ==\u0007b",
                "a\u001BPq#0\u001B\\b",
                "a\u001B(0b",
                "a\u001Bcb",
                "a\u202E\u2066b",
                "a\u0000b",
                "a\u0007\bb",
                "a\u007Fb"
            })
    void leavesNothingATerminalWouldObey(String text) {
        assertThat(SafeText.line(text).replace(" ", "")).isEqualTo("ab");
        assertThat(SafeText.lines(text)).isEqualTo("ab");
    }

    @Test
    void aSequenceThatIsCutOffLeavesNoEscapeBehind() {
        assertThat(SafeText.lines("a\u001B[31")).doesNotContain("\u001B").startsWith("a");
        assertThat(SafeText.lines("a\u001B]0;title")).isEqualTo("a");
        assertThat(SafeText.lines("a\u001B")).isEqualTo("a");
    }

    @Test
    void keepsLinesWhereLinesAreWanted() {
        assertThat(SafeText.lines("a\n\tb\r\nc")).isEqualTo("a\n\tb\nc");
        assertThat(SafeText.line("a\n\tb\r\nc")).isEqualTo("a b c");
    }

    @Test
    void keepsWhatPeopleWrite() {
        assertThat(SafeText.line("größer 日本語 😀 e\u0301 – “x”")).isEqualTo("größer 日本語 😀 e\u0301 – “x”");
    }
}
