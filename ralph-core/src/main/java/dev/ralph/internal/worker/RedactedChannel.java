/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.worker;

import dev.ralph.internal.output.Mask;
import dev.ralph.internal.secret.KnownSecrets;
import dev.ralph.internal.secret.ShapeScan;
import dev.ralph.internal.secret.Spans;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Masks what one channel prints, piece by piece. Not thread-safe; secrets may be learnt meanwhile. */
final class RedactedChannel implements Mask.Channel {

    private static final Mask.Ends WHOLE_LINE = new Mask.Ends(true, false, false);

    private final KnownSecrets known;
    private final boolean shapes;
    private final ShapeScan scan = new ShapeScan();
    private final ShapeScan told = new ShapeScan();

    RedactedChannel(KnownSecrets known, boolean shapes) {
        this.known = known;
        this.shapes = shapes;
    }

    @Override
    public int reach() {
        return Math.max(known.longest(), shapes ? ShapeScan.REACH : 0);
    }

    @Override
    public int divide(String text, int wanted) {
        int place = wanted;
        for (int before = -1; before != place; ) {
            before = place;
            place = known.divide(text, place);
            place = shapes ? scan.divide(text, place) : place;
        }
        return place;
    }

    @Override
    public String masked(String text, Mask.Ends ends) {
        return found(text, ends, scan).replacedIn(text, Mask.HIDDEN);
    }

    @Override
    public List<String> masked(List<Mask.Part> lines, Mask.Ends ends) {
        Spans inText = found(lines.stream().map(Mask.Part::text).collect(Collectors.joining()), ends, told)
                .merged();
        List<String> masked = new ArrayList<>();
        int at = 0;
        for (Mask.Part part : lines) {
            Spans hidden = found(part.line(), WHOLE_LINE, scan);
            int end = at + part.to() - part.from();
            hidden.addAll(inText, at, end, part.from());
            masked.add(hidden.replacedIn(part.line(), Mask.HIDDEN));
            at = end;
        }
        return masked;
    }

    private Spans found(String text, Mask.Ends ends, ShapeScan shapesIn) {
        Spans hidden = new Spans();
        known.find(text, hidden);
        if (ends.tornBefore() || ends.tornAfter()) {
            known.findCut(text, hidden);
        }
        if (shapes) {
            shapesIn.scan(text, ends.tornAfter(), hidden);
            if (ends.line()) {
                shapesIn.endLine();
            }
        }
        return hidden;
    }
}
