/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.plain;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The tables of {@code docs/metrics.md}, which a test of the core compares with what a registry shows. */
final class DocumentedMetrics {

    private static final Path TABLES = Path.of("..", "..", "docs", "metrics.md");
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");

    private static final int KIND = 2;
    private static final int TAGS = 4;
    private static final int PROMETHEUS = 5;
    private static final int COLUMNS = 7;

    private final List<String[]> rows;

    private DocumentedMetrics(List<String[]> rows) {
        this.rows = rows;
    }

    static DocumentedMetrics read() throws IOException {
        List<String[]> rows = Files.readAllLines(TABLES).stream()
                .filter(line -> line.startsWith("| `ralph."))
                .map(line -> line.split("\\|"))
                .filter(cells -> cells.length == COLUMNS)
                .toList();
        return new DocumentedMetrics(rows);
    }

    /** The names Prometheus has for their series. */
    Set<String> series() {
        return rows.stream().flatMap(DocumentedMetrics::series).collect(Collectors.toCollection(TreeSet::new));
    }

    private static Stream<String> series(String[] row) {
        String name = codes(row[PROMETHEUS]).findFirst().orElseThrow();
        return switch (row[KIND].strip()) {
            case "timer" -> Stream.of("_bucket", "_count", "_sum", "_max").map(name::concat);
            case "function timer" -> Stream.of("_count", "_sum").map(name::concat);
            default -> Stream.of(name);
        };
    }

    Set<String> tags() {
        return rows.stream().flatMap(row -> codes(row[TAGS])).collect(Collectors.toCollection(TreeSet::new));
    }

    private static Stream<String> codes(String cell) {
        return CODE.matcher(cell).results().map(code -> code.group(1));
    }
}
