/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ralph.OutputRecord;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Output, however large, does not exhaust the host's memory: a host has 64 MiB in all here, itself included. */
@Tag("integration")
class FloodTest {

    private static final long MAX_ARTIFACT = 64_000_000;

    @RegisterExtension
    final Playground play = new Playground();

    @ParameterizedTest
    @CsvSource({"2000, 250000", "20, 2000000"})
    void halfAGigabyteOfLinesIsReadAndTheClaimAtItsEndIsHeard(int length, int lines) throws Exception {
        String script = "yes '" + "x".repeat(length - 1) + "' | head -n " + lines + "; echo LOOP_COMPLETE";

        assertThat(flood(script)).startsWith("COMPLETED cut").endsWith(kept((long) length * lines + 14));
    }

    @Test
    void oneLineOfHalfAGigabyteIsReadAndTheClaimAfterItIsHeard() throws Exception {
        assertThat(flood("head -c 500000000 /dev/zero | tr '\\0' 'x'; echo; echo LOOP_COMPLETE"))
                .startsWith("COMPLETED cut")
                .endsWith(kept(500_000_000 + 1 + 14));
    }

    @Test
    void longLinesThatNobodyListensToAreReadAndTheClaimAfterThemIsHeard() throws Exception {
        String script =
                "for i in $(seq 300); do head -c 1000000 /dev/zero | tr '\\0' x; echo; done; echo LOOP_COMPLETE";

        assertThat(flood(script)).startsWith("COMPLETED cut").endsWith(kept(300 * 1_000_001L + 14));
    }

    private static String kept(long bytes) {
        return OutputRecord.kept("attempt-1-1-e1", bytes, bytes > MAX_ARTIFACT).toString();
    }

    private String flood(String script) throws Exception {
        try (ChildJvm host = ChildJvm.start(
                List.of("-Xmx64m"),
                Map.of(),
                FloodHost.class,
                play.directory("w").toString(),
                script,
                play.file("artifacts").toString())) {
            return host.await("ended");
        }
    }
}
