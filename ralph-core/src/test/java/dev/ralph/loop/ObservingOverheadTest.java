/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What it costs an iteration to be observed. Alone, and in a JVM that compiles as a host's does: it measures. */
@Isolated
@Tag("integration")
class ObservingOverheadTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource
    void anIterationTakesHardlyLongerIfItIsObserved(ObservingOverheadMain.Observing observing) throws Exception {
        try (ChildJvm jvm = ChildJvm.start(
                List.of("-XX:TieredStopAtLevel=4"),
                Map.of(),
                ObservingOverheadMain.class,
                observing.name(),
                folder.toString())) {
            System.out.println("observed iteration" + jvm.await("observed iteration"));
            assertThat(Double.parseDouble(jvm.await(ObservingOverheadMain.MICROS)))
                    .isLessThan(ObservingOverheadMain.MOST);
        }
    }
}
