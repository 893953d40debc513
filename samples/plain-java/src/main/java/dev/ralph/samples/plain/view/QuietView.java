/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.plain.view;

import dev.ralph.Run;
import dev.ralph.event.RunEvent;
import dev.ralph.samples.plain.host.RunEnd;
import dev.ralph.samples.plain.host.RunView;
import java.io.PrintStream;

/** The id at the beginning and one line at the end. */
final class QuietView implements RunView {

    private final PrintStream out;

    QuietView(PrintStream out) {
        this.out = out;
    }

    @Override
    public void begin(Run run) {
        out.println(run.id());
    }

    @Override
    public void on(RunEvent event) {}

    @Override
    public void notice(String text) {}

    @Override
    public void end(RunEnd end) {
        out.println(ResultText.of(end).get(0));
        out.flush();
    }
}
