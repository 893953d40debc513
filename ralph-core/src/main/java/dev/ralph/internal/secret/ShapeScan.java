/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.secret;

import org.jspecify.annotations.Nullable;

/**
 * Looks for secrets by their shape in texts of which each goes on where the one before ended. Takes time for the length of
 * a text, whatever is in it. Not thread-safe.
 */
public final class ShapeScan {

    /** How far one must see beyond a place to know whether a secret is there. */
    public static final int REACH = SecretShapes.REACH;

    private final KeyBlock block;
    private @Nullable Run running;

    /** Looks into a text from its beginning. */
    public ShapeScan() {
        this(new KeyBlock(), null);
    }

    private ShapeScan(KeyBlock block, @Nullable Run running) {
        this.block = block;
        this.running = running;
    }

    /**
     * Finds what is secret.
     *
     * @param cut whether the text may have been cut off at its end
     * @param hidden takes the places
     */
    public void scan(String text, boolean cut, Spans hidden) {
        scan(text, cut, hidden, new Spans());
    }

    /**
     * The last place up to {@code wanted} at which the text can be divided, and its parts scanned one after the other.
     *
     * @param text the next one; it is not scanned by this, and goes on for {@link #REACH} after {@code wanted}
     */
    public int divide(String text, int wanted) {
        Spans firm = new Spans();
        new ShapeScan(block.copy(), running).scan(text, false, new Spans(), firm);
        return firm.outside(wanted);
    }

    /** The line ends: what comes next begins another one. */
    public void endLine() {
        running = null;
        block.lineEnds();
    }

    private void scan(String text, boolean cut, Spans hidden, Spans firm) {
        int from = 0;
        int known = 0;
        for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', from)) {
            known = line(new Fragment(text, from, end, false), known, hidden, firm);
            endLine();
            from = end + 1;
        }
        line(new Fragment(text, from, text.length(), cut), known, hidden, firm);
    }

    /** Returns up to where the text before cannot be the end of a key that was cut. */
    private int line(Fragment in, int knownBefore, Spans hidden, Spans firm) {
        int known = knownBefore;
        int at = block.goOn(in, goOn(in, hidden), hidden);
        while (at < in.to()) {
            int next = at + 1;
            if (in.text().charAt(at) == '-') {
                int end = block.end(in, at);
                if (end >= 0) {
                    KeyBlock.hideBefore(in.text(), at, known, hidden);
                    firm.add(at, end);
                    known = end;
                    next = end;
                }
            }
            Found found = find(in, at);
            if (found != null) {
                firm.add(at, found.firm());
                hidden.add(found.from(), found.to());
                between(in, at + 1, found.from(), hidden, firm);
                running = found.to() == in.to() ? found.goesOn() : null;
                next = Math.max(next, found.to());
                known = in.text().charAt(at) == '-' ? found.from() : known;
            }
            at = next;
        }
        return known;
    }

    /** What goes on from the text before. */
    private int goOn(Fragment in, Spans hidden) {
        if (running == null) {
            return in.from();
        }
        int end = running.end(in.text(), in.from(), in.to());
        hidden.add(in.from(), end);
        if (end < in.to()) {
            running = null;
        }
        return end;
    }

    /** A secret may be in what is not secret of another: a token that is the user of a URL. */
    private static void between(Fragment in, int from, int to, Spans hidden, Spans firm) {
        Fragment part = new Fragment(in.text(), in.from(), to, false);
        for (int at = from; at < to; at++) {
            Found found = SecretShapes.find(part, at);
            if (found != null) {
                firm.add(at, found.firm());
                hidden.add(found.from(), found.to());
                at = Math.max(at, found.to() - 1);
            }
        }
    }

    private @Nullable Found find(Fragment in, int at) {
        return in.text().charAt(at) == '-' ? block.begin(in, at) : SecretShapes.find(in, at);
    }
}
