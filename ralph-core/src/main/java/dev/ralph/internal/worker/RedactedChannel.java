/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.worker;

import dev.ralph.internal.output.Mask;
import dev.ralph.internal.secret.KnownSecrets;
import dev.ralph.internal.secret.ShapeScan;
import dev.ralph.internal.secret.Spans;

/** Masks what one channel prints, piece by piece. Not thread-safe; secrets may be learnt meanwhile. */
final class RedactedChannel implements Mask.Channel {

    private final KnownSecrets known;
    private final boolean shapes;
    private final ShapeScan scan = new ShapeScan();

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
        Spans hidden = new Spans();
        known.find(text, hidden);
        if (ends.tornBefore() || ends.tornAfter()) {
            known.findCut(text, hidden);
        }
        if (shapes) {
            scan.scan(text, ends.tornAfter(), hidden);
            if (ends.line()) {
                scan.endLine();
            }
        }
        return hidden.replacedIn(text, Mask.HIDDEN);
    }
}
