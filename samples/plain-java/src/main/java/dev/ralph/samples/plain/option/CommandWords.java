/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.plain.option;

import dev.ralph.InvalidValueException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Splits a command line into a program and its arguments by the quoting rules of POSIX and nothing else: blanks separate
 * words; {@code '…'} keeps everything; {@code "…"} keeps everything but a backslash before {@code "}, {@code \},
 * {@code $} or a back quote; a backslash elsewhere keeps the next character. No variables, wildcards or pipes: no shell
 * is involved. Operators of a shell are refused, because they would reach the program as arguments.
 */
final class CommandWords {

    private static final Set<String> OPERATORS =
            Set.of("|", "||", "&", "&&", ";", ">", ">>", "<", "<<", "2>", "2>&1", "&>");
    private static final String ESCAPED_IN_DOUBLE_QUOTES = "\"\\$`";

    private final String option;
    private final String text;
    private final List<String> words = new ArrayList<>();
    private final StringBuilder word = new StringBuilder();
    private boolean inWord;
    private boolean quoted;
    private int at;

    private CommandWords(String option, String text) {
        this.option = option;
        this.text = text;
    }

    /**
     * The words of {@code text}.
     *
     * @param option what the text was given as, for messages
     * @throws InvalidValueException if there are none, a quote is not closed, or there is an operator of a shell
     */
    static List<String> split(String option, String text) {
        return new CommandWords(option, text).split();
    }

    private List<String> split() {
        while (at < text.length()) {
            char c = text.charAt(at++);
            switch (c) {
                case ' ', '\t', '\n', '\r' -> endWord();
                case '\'' -> singleQuoted();
                case '"' -> doubleQuoted();
                case '\\' -> escaped();
                default -> add(c);
            }
        }
        endWord();
        if (words.isEmpty()) {
            throw new InvalidValueException(option, text, "is blank; give a program and its arguments");
        }
        return List.copyOf(words);
    }

    private void add(char c) {
        inWord = true;
        word.append(c);
    }

    private void singleQuoted() {
        int end = text.indexOf('\'', at);
        if (end < 0) {
            throw unclosed('\'');
        }
        openQuote();
        word.append(text, at, end);
        at = end + 1;
    }

    private void doubleQuoted() {
        openQuote();
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c == '"') {
                return;
            }
            if (c == '\\' && at < text.length() && ESCAPED_IN_DOUBLE_QUOTES.indexOf(text.charAt(at)) >= 0) {
                word.append(text.charAt(at++));
            } else {
                word.append(c);
            }
        }
        throw unclosed('"');
    }

    private void escaped() {
        if (at == text.length()) {
            throw new InvalidValueException(
                    option, text, "ends with a backslash; write \\\\ or '\\' for the character itself");
        }
        quoted = true;
        add(text.charAt(at++));
    }

    private void openQuote() {
        inWord = true;
        quoted = true;
    }

    private void endWord() {
        if (inWord) {
            String complete = word.toString();
            if (!quoted && OPERATORS.contains(complete)) {
                throw new InvalidValueException(
                        option,
                        text,
                        "has the shell operator '" + complete + "', but no shell reads it; write sh -c '…' to use one,"
                                + " or quote it to pass it on");
            }
            words.add(complete);
            word.setLength(0);
            inWord = false;
            quoted = false;
        }
    }

    private InvalidValueException unclosed(char quote) {
        return new InvalidValueException(option, text, "has a quote that is not closed: " + quote);
    }
}
