/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.loop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A row of the tables of docs/metrics.md. */
record DocumentedMetric(String name, String kind, Set<String> tags, String prometheus) {

    private static final Path PAGE = Path.of("..", "docs", "metrics.md");
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");

    static List<DocumentedMetric> all() throws IOException {
        return Files.readAllLines(PAGE).stream()
                .filter(line -> line.startsWith("| `ralph."))
                .map(DocumentedMetric::row)
                .toList();
    }

    private static DocumentedMetric row(String line) {
        List<String> cells =
                Arrays.stream(line.split("\\|", -1)).map(String::strip).toList();
        return new DocumentedMetric(
                code(cells.get(1)).findFirst().orElseThrow(),
                cells.get(2),
                code(cells.get(4)).collect(Collectors.toSet()),
                code(cells.get(5)).findFirst().orElseThrow());
    }

    private static Stream<String> code(String cell) {
        return CODE.matcher(cell).results().map(found -> found.group(1));
    }

    /** The names of the samples Prometheus sees. */
    Stream<String> samples() {
        return switch (kind) {
            case "counter", "gauge" -> Stream.of(prometheus);
            case "timer" -> Stream.of("_count", "_sum", "_bucket", "_max").map(prometheus::concat);
            case "function timer" -> Stream.of("_count", "_sum").map(prometheus::concat);
            default -> throw new IllegalStateException("no such kind: " + kind);
        };
    }

    /** The names of samples in what a scrape got. */
    static Set<String> samplesOf(String scraped) {
        return scraped.lines()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.split("[{ ]", 2)[0])
                .collect(Collectors.toSet());
    }
}
