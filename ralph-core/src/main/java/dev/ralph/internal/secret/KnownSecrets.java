/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.secret;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.ralph.spi.Secret;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Finds the values of secrets that were handed out. Output comes line by line, so each line of a value that has several (a
 * private key) is found by itself too, and messages are one line, so the value is with blanks for its line ends. Clients
 * print JSON, and quote what their tools printed, which may be JSON as well: so are a value's forms in both. Thread-safe.
 */
public final class KnownSecrets {

    /** A shorter value would mask ordinary words. */
    private static final int MIN_LENGTH = 6;

    /** A shorter end of a value with words is a word that may begin a line anywhere. */
    private static final int LEAST_OF_END = 8;

    /** A message has few; a text full of them is none. */
    private static final int MOST_CUTS = 100;

    private static final Comparator<String> LONGEST_FIRST =
            Comparator.comparingInt(String::length).reversed().thenComparing(Comparator.naturalOrder());

    private volatile List<String> values = List.of();
    private volatile List<String> wordEnds = List.of();

    /** From now on, this secret's value is found. */
    public void learn(Secret secret) {
        String whole = secret.reveal();
        List<String> forms = Stream.concat(
                        Stream.of(whole, whole.strip().replaceAll("\\s+", " ")),
                        whole.lines().map(String::strip))
                .flatMap(value -> Stream.of(value, quoted(value), quoted(quoted(value))))
                .filter(form -> form.length() >= MIN_LENGTH)
                .toList();
        learn(forms);
    }

    /** Finds them where they are whole. */
    public void find(String text, Spans hidden) {
        for (String value : values) {
            for (int at = text.indexOf(value); at >= 0; at = text.indexOf(value, at + 1)) {
                hidden.add(at, at + value.length());
            }
        }
    }

    /** Finds what is left of them where the text was cut: at its ends, and where it says so or begins a line anew. */
    public void findCut(String text, Spans hidden) {
        List<String> known = values;
        known.forEach(value -> {
            endOf(value, text, hidden);
            beginningOf(value, text, text.length(), hidden);
        });
        int cut = text.indexOf(Fragment.CUT);
        for (int count = 0; cut >= 0 && count < MOST_CUTS; count++) {
            int end = cut;
            known.forEach(value -> beginningOf(value, text, end, hidden));
            cut = text.indexOf(Fragment.CUT, cut + 1);
        }
        // What a process printed last begins with a line or a word, wherever in a message it stands.
        List<String> ends = wordEnds;
        for (int line = text.indexOf('\n') + 1; line > 0 && !ends.isEmpty(); line = text.indexOf('\n', line) + 1) {
            for (String end : ends) {
                if (text.startsWith(end, line)) {
                    hidden.add(line, line + end.length());
                    break;
                }
            }
        }
    }

    /** How many characters the longest has; 0 without any. */
    public int longest() {
        List<String> known = values;
        return known.isEmpty() ? 0 : known.get(0).length();
    }

    /** The last place up to {@code wanted} where the text can be divided without dividing one. */
    public int divide(String text, int wanted) {
        int place = wanted;
        for (int before = -1; before != place; ) {
            before = place;
            for (String value : values) {
                int found = text.indexOf(value, Math.max(0, place - value.length() + 1));
                place = found >= 0 && found < place ? found : place;
            }
        }
        return place;
    }

    private static void beginningOf(String value, String text, int end, Spans hidden) {
        for (int part = Math.min(value.length() - 1, end); part >= MIN_LENGTH; part--) {
            if (text.regionMatches(end - part, value, 0, part)) {
                hidden.add(end - part, end);
                return;
            }
        }
    }

    private static void endOf(String value, String text, Spans hidden) {
        for (int part = Math.min(value.length() - 1, text.length()); part >= MIN_LENGTH; part--) {
            if (text.regionMatches(0, value, value.length() - part, part)) {
                hidden.add(0, part);
                return;
            }
        }
    }

    /** What is left of a value that was cut where a word of it begins. */
    private static Stream<String> wordEnds(String value) {
        return IntStream.range(1, Math.max(1, value.length() - LEAST_OF_END + 1))
                .filter(begin -> value.charAt(begin - 1) <= ' ' && value.charAt(begin) > ' ')
                .mapToObj(value::substring);
    }

    private synchronized void learn(List<String> forms) {
        if (!values.containsAll(forms)) {
            Set<String> all = new TreeSet<>(LONGEST_FIRST);
            all.addAll(values);
            all.addAll(forms);
            values = List.copyOf(all);
            wordEnds = all.stream()
                    .flatMap(KnownSecrets::wordEnds)
                    .sorted(LONGEST_FIRST)
                    .distinct()
                    .toList();
        }
    }

    private static String quoted(String value) {
        return new String(JsonStringEncoder.getInstance().quoteAsString(value));
    }
}
