/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.plain;

import dev.ralph.ConfigurationException;
import dev.ralph.samples.plain.host.Host;
import dev.ralph.samples.plain.host.NewPrivateFile;
import dev.ralph.samples.plain.view.Figures;
import java.io.BufferedWriter;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Hands out what is kept of a subject. */
@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        versionProvider = ProgramVersion.class,
        description =
                "Write all that is kept of a person's runs as JSON, one object a line: prompts, records, full outputs, guidance,"
                        + " events, entries of the audit trail. The last line has the type 'end' and says how many came"
                        + " before it: what has none is not whole.")
final class ExportCommand implements Callable<Integer> {

    @Option(
            names = "--subject",
            required = true,
            paramLabel = "NAME",
            description = "The person, as in 'run --subject'.")
    private String subject = "";

    @Option(
            names = "--output",
            paramLabel = "FILE",
            description = "Write to this new file, which only you can read; else to standard output.")
    private @Nullable Path output;

    @Override
    public Integer call() {
        try (Host host = Host.reading()) {
            if (output == null) {
                exportToStandardOutput(host);
            } else {
                System.out.println(Figures.count(export(host, output)) + " lines in " + output);
            }
            return ExitCode.OK.code();
        }
    }

    /** Not to {@code System.out}, which keeps to itself that it cannot be written; not closed, since it is the process's own. */
    private void exportToStandardOutput(Host host) {
        Writer out = new BufferedWriter(
                new OutputStreamWriter(new FileOutputStream(FileDescriptor.out), StandardCharsets.UTF_8));
        try {
            host.orchestrator().privacy().export(subject, out);
        } catch (UncheckedIOException e) {
            throw new ConfigurationException("standard output cannot be written any more: " + e.getCause()
                    + "; what was written is not whole; read it to its end, or name a file with --output");
        }
    }

    private long export(Host host, Path file) {
        try (NewPrivateFile target = NewPrivateFile.create(file);
                Writer writer = target.writer()) {
            long lines = host.orchestrator().privacy().export(subject, writer);
            target.keep();
            return lines;
        } catch (IOException | UncheckedIOException e) {
            Throwable why = e.getCause() == null ? e : e.getCause();
            throw new ConfigurationException("--output '" + file + "' cannot be written: " + why
                    + "; name a new file in a folder you can write to, with room for it");
        }
    }
}
