/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.custom;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ralph.GateRef;
import dev.ralph.spi.Gate;
import dev.ralph.spi.GateContext;
import dev.ralph.spi.GateVerdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Passes when files are there and have none of the texts that must not be in them, such as {@code TODO}.
 *
 * @param exist files by their paths in the workspace, of 1 MB at most: what an agent writes must not fill the memory
 * @param without texts none of them may have
 */
record FilesGate(GateRef ref, List<String> exist, List<String> without) implements Gate {

    @Override
    public GateVerdict check(GateContext context) {
        List<String> problems = exist.stream()
                .flatMap(name -> problems(name, context.workspace()))
                .toList();
        return problems.isEmpty() ? GateVerdict.pass() : GateVerdict.reject(String.join("\n", problems));
    }

    private Stream<String> problems(String name, Path workspace) {
        try {
            Path file = workspace.resolve(name).toRealPath(); // Where a link leads: the agent makes links, too.
            if (!file.startsWith(workspace.toRealPath())
                    || !Files.isRegularFile(file)
                    || Files.size(file) > 1_000_000) {
                return Stream.of(name + " must be a file in the workspace, of 1 MB at most");
            }
            String text = new String(Files.readAllBytes(file), UTF_8);
            return without.stream().filter(text::contains).map(word -> name + " has '" + word + "'");
        } catch (IOException e) {
            return Stream.of(name + " cannot be read: " + e);
        }
    }
}
