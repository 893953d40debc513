/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A transaction that is added to ADR 4 is killed at too, or this fails. */
class StepTableTest {

    private static final Path ADR = Path.of("..", "docs", "adr", "0004-steps-and-transactions.md");

    @Test
    void nodesAreKilledAtEveryRowOfAdr4() throws IOException {
        List<String> table = Files.readAllLines(ADR).stream()
                .filter(line -> line.startsWith("| "))
                .toList();
        assertThat(table.get(0)).startsWith("| step |");
        List<String> rows = table.stream()
                .skip(1)
                .map(line -> line.split("\\|", -1)[1].strip())
                .flatMap(names -> Arrays.stream(names.split(", ", -1)))
                .toList();
        assertThat(rows)
                .doesNotHaveDuplicates()
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(StepKind.values())
                        .map(StepKind::row)
                        .distinct()
                        .toList());
    }
}
