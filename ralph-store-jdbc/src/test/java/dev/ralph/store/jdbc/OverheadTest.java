/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** What the store costs above the statements it makes. Alone, and in a JVM that compiles as a host's does: it measures. */
@Isolated
@Tag("integration")
class OverheadTest {

    @RegisterExtension
    static final PostgresDatabase DATABASE = new PostgresDatabase();

    private static final List<String> AS_IN_A_HOST = List.of("-XX:TieredStopAtLevel=4");

    @TempDir
    private Path folder;

    @Test
    void aDurableIterationTakesLittleLongerThanItsStatementsInBareJdbc() throws IOException, InterruptedException {
        try (ChildJvm jvm = ChildJvm.start(folder, AS_IN_A_HOST, OverheadMain.class, List.of(DATABASE.url()))) {
            System.out.println("durable iteration" + jvm.await("durable iteration", Duration.ofMinutes(1)));
            assertThat(Double.parseDouble(jvm.await(OverheadMain.RATIO, Duration.ofSeconds(10))))
                    .isLessThanOrEqualTo(OverheadMain.MOST);
        }
    }
}
