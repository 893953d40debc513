/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whatever is thrown may say anything: no module's call of a logger passes it on as it is. */
class LogCallsTest {

    private static final Path MODULES = Path.of("..");
    private static final Pattern CALL =
            Pattern.compile("\\bLOG\\s*\\.(?:atLevel|trace|debug|info|warn|error)\\((.*?)\\);", Pattern.DOTALL);
    private static final Pattern STRING = Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*\"");
    private static final Pattern SAFE =
            Pattern.compile("\\b(?:line|failure)\\((?:[^()]|\\((?:[^()]|\\([^()]*\\))*\\))*\\)");
    private static final Pattern RAW = Pattern.compile(
            "\\.getMessage\\(\\)|\\b(?:e|ex|error|failure|closed|rejected)\\.toString\\(\\)|,\\s*(?:e|ex|error|failure)\\s*$");

    @Test
    void noneLogsWhatWasThrownAsItIs() throws Exception {
        List<String> raw = new ArrayList<>();
        int calls = 0;
        for (Path source : sources()) {
            Matcher call = CALL.matcher(STRING.matcher(Files.readString(source)).replaceAll("\"\""));
            while (call.find()) {
                calls++;
                if (RAW.matcher(SAFE.matcher(call.group(1)).replaceAll("safe")).find()) {
                    raw.add(source + ": " + call.group().replaceAll("\\s+", " "));
                }
            }
        }

        assertThat(calls).isGreaterThan(50);
        assertThat(raw)
                .as("log LogText.line(e), or LogText.failure(e) with its trace")
                .isEmpty();
    }

    private static List<Path> sources() throws IOException {
        List<Path> sources = new ArrayList<>();
        try (Stream<Path> modules = Files.list(MODULES)) {
            for (Path module : modules.filter(
                            path -> path.getFileName().toString().startsWith("ralph-"))
                    .map(path -> path.resolve("src/main/java"))
                    .filter(Files::isDirectory)
                    .toList()) {
                try (Stream<Path> files = Files.walk(module)) {
                    files.filter(file -> file.toString().endsWith(".java")).forEach(sources::add);
                }
            }
        }
        return sources;
    }
}
