/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LineSplitterTest {

    private final List<String> lines = new ArrayList<>();
    private final LineSplitter splitter = new LineSplitter(10, (line, cut) -> lines.add(line + (cut ? "|cut" : "")));

    @Test
    void linesComeWithoutTheirEnds() {
        accept("one\ntwo\r\n\nfo");
        accept("ur\n");
        assertThat(lines).containsExactly("one", "two", "", "four");
    }

    @Test
    void theLastLineNeedsNoEnd() {
        accept("one\ntwo");
        assertThat(lines).containsExactly("one");
        splitter.end(false);
        assertThat(lines).containsExactly("one", "two");
    }

    @Test
    void nothingComesOfAnEmptyRest() {
        accept("one\n");
        splitter.end(true);
        assertThat(lines).containsExactly("one");
    }

    @Test
    void aLongLineIsCutAndTheNextIsWhole() {
        accept("0123456789\n0123456789a\n");
        accept("012345");
        accept("678901234567890\nshort\n");
        assertThat(lines).containsExactly("0123456789", "0123456789|cut", "0123456789|cut", "short");
    }

    @Test
    void aLineCutByTheEndOfTheBudgetIsFlagged() {
        accept("0123");
        splitter.end(true);
        assertThat(lines).containsExactly("0123|cut");
    }

    @Test
    void aCharacterThatTheCutBreaksIsLeftOut() {
        accept("01234567€€\n");
        accept("0123456€€\n");
        assertThat(lines).containsExactly("01234567|cut", "0123456€|cut");
    }

    @Test
    void aCharacterMayComeInPieces() {
        byte[] euro = "€\n".getBytes(StandardCharsets.UTF_8);
        for (byte piece : euro) {
            splitter.accept(new byte[] {piece}, 1);
        }
        assertThat(lines).containsExactly("€");
    }

    @Test
    void whatIsNotUtf8IsReplaced() {
        splitter.accept(new byte[] {'a', (byte) 0xFF, 'b', '\n'}, 4);
        assertThat(lines).containsExactly("a\uFFFDb");
    }

    private void accept(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        splitter.accept(bytes, bytes.length);
    }
}
