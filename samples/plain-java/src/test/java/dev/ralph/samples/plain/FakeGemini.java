/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.plain;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A client that says its version, so that a host has an agent that is ready. */
final class FakeGemini {

    private final Path program;

    private FakeGemini(Path program) {
        this.program = program;
    }

    /** Makes one, and has a process use it. */
    static FakeGemini install(Path folder, RalphProcess.Setup ralph) throws IOException {
        Path program = Files.writeString(folder.resolve("gemini"), "#!/bin/sh\necho 0.61.0\n");
        assertThat(program.toFile().setExecutable(true)).isTrue();
        ralph.with("RALPH_GEMINI_COMMAND", program.toString()).with("GEMINI_API_KEY", "key-of-nobody-51c0");
        return new FakeGemini(program);
    }

    void remove() throws IOException {
        Files.delete(program);
    }
}
