/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.plain;

import dev.ralph.Erasure;
import dev.ralph.samples.plain.host.Host;
import dev.ralph.samples.plain.view.Json;
import dev.ralph.samples.plain.view.PrivacyText;
import dev.ralph.samples.plain.view.SafeText;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Erases a subject. */
@Command(
        name = "erase",
        mixinStandardHelpOptions = true,
        versionProvider = ProgramVersion.class,
        description =
                "Erase a person: of all runs with this subject the full outputs, the checkpoints, and what the database keeps."
                        + " That there were runs, how they ended and what they cost stays, and the audit trail. All its"
                        + " runs must have ended. Files in workspaces are left alone. It cannot be undone; one that was"
                        + " cut off is completed by calling it again.")
final class EraseCommand implements Callable<Integer> {

    @Option(
            names = "--subject",
            required = true,
            paramLabel = "NAME",
            description = "The person, as in 'run --subject'.")
    private String subject = "";

    @Option(names = "--yes", description = "Do not ask.")
    private boolean yes;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Override
    public Integer call() {
        String question = "Erase all that is kept of '" + SafeText.line(subject) + "'? It cannot be undone.";
        if (!Confirmation.of(question, yes)) {
            System.out.println("Nothing was erased.");
            return ExitCode.ERROR.code();
        }
        try (Host host = Host.commanding()) {
            Erasure erasure = host.orchestrator().privacy().erase(subject);
            if (json) {
                Json lines = new Json(System.out);
                lines.print(lines.object("erasure", erasure));
            } else {
                PrivacyText.print(erasure, System.out);
            }
            return (erasure.unreached().isEmpty() ? ExitCode.OK : ExitCode.UNREACHED).code();
        }
    }
}
