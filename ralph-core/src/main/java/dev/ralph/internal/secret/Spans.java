/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.secret;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Places in a text. Not thread-safe. */
public final class Spans {

    private static final Comparator<Span> IN_ORDER = Comparator.comparingInt(Span::from);

    private final List<Span> spans = new ArrayList<>();

    private record Span(int from, int to) {}

    void add(int from, int to) {
        if (from < to) {
            spans.add(new Span(from, to));
        }
    }

    /**
     * Takes over those of another text, as far as they are in a part of it.
     *
     * @param from where the part begins there
     * @param to where it ends there
     * @param place where it begins here
     */
    public void addAll(Spans others, int from, int to, int place) {
        for (Span span : others.spans) {
            add(Math.max(from, span.from()) - from + place, Math.min(to, span.to()) - from + place);
        }
    }

    /** The same places, each once: those that overlap are one. */
    public Spans merged() {
        Spans merged = new Spans();
        Span last = null;
        for (Span span : spans.stream().sorted(IN_ORDER).toList()) {
            if (last == null || span.from() >= last.to()) {
                if (last != null) {
                    merged.spans.add(last);
                }
                last = span;
            } else {
                last = new Span(last.from(), Math.max(last.to(), span.to()));
            }
        }
        if (last != null) {
            merged.spans.add(last);
        }
        return merged;
    }

    /** The text with something else in these places; once for those that overlap. */
    public String replacedIn(String text, String by) {
        if (spans.isEmpty()) {
            return text;
        }
        spans.sort(IN_ORDER);
        StringBuilder replaced = new StringBuilder(text.length());
        int done = 0;
        boolean first = true;
        for (Span span : spans) {
            if (first || span.from() >= done) {
                replaced.append(text, done, span.from()).append(by);
                first = false;
            }
            done = Math.max(done, span.to());
        }
        return replaced.append(text, done, text.length()).toString();
    }

    /** The last place up to {@code wanted} that is in none of them; where one begins or ends is not in it. */
    int outside(int wanted) {
        spans.sort(IN_ORDER);
        int place = wanted;
        for (int i = spans.size() - 1; i >= 0; i--) {
            Span span = spans.get(i);
            if (span.from() < place && place < span.to()) {
                place = span.from();
            }
        }
        return place;
    }
}
