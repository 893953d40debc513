/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.worker;

import dev.ralph.Prompt;
import dev.ralph.RunSpec;
import dev.ralph.internal.workspace.PromptFile;
import java.nio.file.Path;

/** The text of the task as it stands now. */
public final class PromptText {

    private PromptText() {}

    /**
     * Reads it.
     *
     * @throws dev.ralph.InvalidPromptException if it is a file that cannot be used
     */
    public static String read(RunSpec spec, Path workspace) {
        return spec.prompt() instanceof Prompt.Text text
                ? text.value()
                : new PromptFile(workspace, ((Prompt.File) spec.prompt()).path()).read();
    }
}
