/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.plain.view;

import dev.ralph.Erasure;
import dev.ralph.Purge;
import dev.ralph.Unreached;
import java.io.PrintStream;
import java.util.List;

/** What became of a privacy request, for people. */
public final class PrivacyText {

    /** Of a purge, whose workspaces are often gone: what is left is for a look, not to be worked off. */
    private static final int SHOWN_OF_A_PURGE = 20;

    private PrivacyText() {}

    public static void print(Erasure erasure, PrintStream out) {
        out.println("Erased       " + runs(erasure.runs()) + ", " + kept(erasure.outputs(), erasure.checkpoints()));
        if (erasure.unreached().isEmpty()) {
            out.println("Not reached  nothing");
            return;
        }
        out.println("Not reached  " + Figures.count(erasure.unreached().size())
                + "; delete by hand, nothing else says any more where they are:");
        print(erasure.unreached(), out);
    }

    public static void print(Purge purge, PrintStream out) {
        out.println("Purged       " + runs(purge.runs()) + ", " + kept(purge.outputs(), purge.checkpoints()));
        if (purge.unreached().isEmpty()) {
            return;
        }
        out.println("Not reached  " + Figures.count(purge.unreached().size())
                + "; where they are still there, delete them by hand:");
        print(
                purge.unreached()
                        .subList(0, Math.min(SHOWN_OF_A_PURGE, purge.unreached().size())),
                out);
        if (purge.unreached().size() > SHOWN_OF_A_PURGE) {
            out.println(
                    "  and " + Figures.count(purge.unreached().size() - SHOWN_OF_A_PURGE) + " more; --json prints all");
        }
    }

    private static void print(List<Unreached> unreached, PrintStream out) {
        for (Unreached left : unreached) {
            out.println("  " + SafeText.line(left.toString()));
        }
    }

    /** So many runs. */
    public static String runs(int count) {
        return Figures.count(count) + (count == 1 ? " run" : " runs");
    }

    private static String kept(int outputs, int checkpoints) {
        return Figures.count(outputs) + (outputs == 1 ? " full output" : " full outputs") + ", "
                + Figures.count(checkpoints) + (checkpoints == 1 ? " checkpoint" : " checkpoints");
    }
}
