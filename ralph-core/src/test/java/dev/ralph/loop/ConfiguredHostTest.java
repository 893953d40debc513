/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ConfiguredHostTest {

    @RegisterExtension
    final Playground play = new Playground();

    @Test
    void aProcessTakesEachValueFromTheStrongestSourceThatHasIt() throws Exception {
        Path file = Files.writeString(play.file("ralph.properties"), """
                ralph.max-iterations = 11
                ralph.max-runtime = 12
                ralph.max-tokens = 13
                ralph.max-cost = 14
                """);
        try (ChildJvm host = ChildJvm.start(
                List.of("-Dralph.max-tokens=33"),
                Map.of(
                        "RALPH_CONFIG", file.toString(),
                        "RALPH_MAX_RUNTIME", "22",
                        "RALPH_MAX_TOKENS", "23",
                        "RALPH_MAX_COST", "24"),
                ConfiguredHost.class)) {
            assertThat(host.await("limits")).isEqualTo("11 PT22S 33 1.25");
        }
    }
}
