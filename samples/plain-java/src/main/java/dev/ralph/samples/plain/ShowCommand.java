/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.plain;

import dev.ralph.samples.plain.host.Host;
import dev.ralph.samples.plain.view.Json;
import dev.ralph.samples.plain.view.JsonReport;
import dev.ralph.samples.plain.view.RunRecords;
import dev.ralph.samples.plain.view.TextReport;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows one run. */
@Command(
        name = "show",
        mixinStandardHelpOptions = true,
        versionProvider = ProgramVersion.class,
        description = "Show a run: where it stands, iterations, attempts, gates, checkpoints, cost by kind.")
final class ShowCommand implements Callable<Integer> {

    @Parameters(paramLabel = "ID", description = "The run; 'ralph list' shows ids.")
    private String id = "";

    @Option(names = "--output", description = "Show the end of each iteration's output too.")
    private boolean output;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Override
    public Integer call() {
        try (Host host = Host.reading()) {
            RunRecords records = RunRecords.of(host.run(id));
            if (json) {
                Json lines = new Json(System.out);
                lines.print(JsonReport.of(records, lines));
            } else {
                TextReport.print(records, output, System.out);
            }
            return ExitCode.OK.code();
        }
    }
}
