/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.plain.option;

import dev.ralph.RunSpec;
import dev.ralph.RunSpecBuilder;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What the agent is asked to do: one of two options. */
public final class PromptOptions {

    @Option(names = "--prompt", required = true, paramLabel = "TEXT", description = "What the agent is asked to do.")
    private @Nullable String text;

    @Option(
            names = "--prompt-file",
            required = true,
            paramLabel = "FILE",
            description = "A file inside the workspace with it, read again before every launch of an agent. A line"
                    + " '- [x] TASK_COMPLETE' in it claims completion.")
    private @Nullable Path file;

    /** For picocli. */
    public PromptOptions() {}

    /**
     * Starts a spec with the prompt.
     *
     * @param workspace the directory a relative file name is looked for in, if there is none of that name here; null if
     *     it is no directory of this host, and the file is looked for in it alone
     */
    RunSpecBuilder start(@Nullable Path workspace) {
        if (text != null) {
            return RunSpec.prompt(text);
        }
        if (file == null) {
            throw new IllegalStateException("picocli lets neither option be missing");
        }
        if (workspace == null) {
            return RunSpec.promptFile(file);
        }
        Path here = file.toAbsolutePath().normalize();
        return RunSpec.promptFile(java.nio.file.Files.exists(here) ? here : workspace.resolve(file));
    }
}
