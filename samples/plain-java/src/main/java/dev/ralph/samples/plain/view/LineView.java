/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.plain.view;

import dev.ralph.Run;
import dev.ralph.event.RunEvent;
import dev.ralph.event.StateEvent;
import dev.ralph.samples.plain.host.RunEnd;
import dev.ralph.samples.plain.host.RunView;
import java.io.PrintStream;

/** One plain line for each state event: for pipes, files and terminals that can do no more. */
final class LineView implements RunView {

    private final PrintStream out;

    LineView(PrintStream out) {
        this.out = out;
    }

    @Override
    public void begin(Run run) {
        BeginText.of(run).forEach(out::println);
    }

    @Override
    public void on(RunEvent event) {
        if (event instanceof StateEvent) {
            out.println(EventText.timed(event));
        }
    }

    @Override
    public void notice(String text) {
        out.println(text);
    }

    @Override
    public void end(RunEnd end) {
        ResultText.of(end).forEach(out::println);
        out.flush();
    }
}
