/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.plain.view;

import dev.ralph.samples.plain.host.RunView;
import java.io.PrintStream;

/** Chooses how a run is shown. */
public final class RunViews {

    private RunViews() {}

    /** JSON if asked for, else little if asked for, else live where standard output is a terminal, else lines. */
    public static RunView choose(boolean json, boolean quiet, PrintStream out) {
        if (json) {
            return new JsonView(new Json(out));
        }
        if (quiet) {
            return new QuietView(out);
        }
        String noColour = System.getenv("NO_COLOR");
        return Screen.open(noColour == null || noColour.isEmpty())
                .<RunView>map(LiveView::new)
                .orElseGet(() -> new LineView(out));
    }
}
