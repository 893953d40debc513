/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.worker;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.ralph.internal.output.Mask;
import dev.ralph.spi.Secret;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Replaces the values of secrets that were handed out to plug-ins wherever text leaves them. Output comes line by line, so
 * each line of a value that has several (a private key) is masked by itself too. Clients print JSON, and quote what their
 * tools printed, which may be JSON as well: so are a value's forms in both. Texts are cut to a length before they get here,
 * so a part of a value at either end of a text is masked as well. Thread-safe.
 */
public final class Redactor implements Mask {

    /** What stands where a text was cut. */
    private static final String CUT = "\u2026";

    /** A shorter value would mask ordinary words. */
    private static final int MIN_LENGTH = 6;

    private static final Comparator<String> LONGEST_FIRST =
            Comparator.comparingInt(String::length).reversed().thenComparing(Comparator.naturalOrder());

    private volatile List<String> values = List.of();

    /** From now on, this secret's value is masked. */
    public void learn(Secret secret) {
        List<String> forms = Stream.concat(
                        Stream.of(secret.reveal()), secret.reveal().lines().map(String::strip))
                .flatMap(value -> Stream.of(value, quoted(value), quoted(quoted(value))))
                .filter(form -> form.length() >= MIN_LENGTH)
                .toList();
        learn(forms);
    }

    /** The text with every known secret masked. */
    public String redact(String text) {
        String redacted = text;
        for (String value : values) {
            redacted = withoutCutEnds(redacted.replace(value, HIDDEN), value);
        }
        return redacted;
    }

    @Override
    public String whole(String text) {
        String redacted = text;
        for (String value : values) {
            redacted = redacted.replace(value, HIDDEN);
        }
        return redacted;
    }

    @Override
    public String torn(String text) {
        return redact(text);
    }

    @Override
    public int longest() {
        List<String> known = values;
        return known.isEmpty() ? 0 : known.get(0).length();
    }

    @Override
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

    /** Without the beginning of the value at the text's end, and its end at the text's beginning. */
    private static String withoutCutEnds(String text, String value) {
        int end = text.endsWith(CUT) ? text.length() - CUT.length() : text.length();
        String masked = text;
        for (int part = Math.min(value.length() - 1, end); part >= MIN_LENGTH; part--) {
            if (text.regionMatches(end - part, value, 0, part)) {
                masked = text.substring(0, end - part) + HIDDEN + text.substring(end);
                break;
            }
        }
        for (int part = Math.min(value.length() - 1, masked.length()); part >= MIN_LENGTH; part--) {
            if (masked.regionMatches(0, value, value.length() - part, part)) {
                return HIDDEN + masked.substring(part);
            }
        }
        return masked;
    }

    /** What a plug-in threw, with its stack trace, for logs: its message may hold anything. */
    String trace(Throwable failure) {
        StringWriter trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace));
        return redact(trace.toString());
    }

    private synchronized void learn(List<String> forms) {
        if (!values.containsAll(forms)) {
            Set<String> all = new TreeSet<>(LONGEST_FIRST);
            all.addAll(values);
            all.addAll(forms);
            values = List.copyOf(all);
        }
    }

    private static String quoted(String value) {
        return new String(JsonStringEncoder.getInstance().quoteAsString(value));
    }
}
