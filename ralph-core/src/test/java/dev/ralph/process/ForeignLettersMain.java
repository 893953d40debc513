/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.process;

import java.nio.file.Path;

/** Passes letters beyond ASCII to a process and prints what comes back, or why they cannot be passed. */
final class ForeignLettersMain {

    static final String LETTERS = "gr\u00FC\u00DFe \u20AC \uD83D\uDE00";

    private ForeignLettersMain() {}

    @SuppressWarnings("SystemOut")
    public static void main(String[] arguments) throws InterruptedException {
        try (ProcessLauncher launcher = ProcessLauncher.builder()
                .containment(Containment.using(ContainmentMechanism.MARKER))
                .build()) {
            ProcessSpec spec = ProcessSpec.builder("/usr/bin/printf", "%s", LETTERS)
                    .directory(Path.of("/"))
                    .build();
            ProcessExit exit = launcher.start(spec, ProcessListener.none()).await();
            System.out.println(exit.stdout().head().equals(LETTERS) ? "intact" : "changed");
        } catch (ProcessStartException e) {
            System.out.println(e.getMessage());
        }
    }
}
