/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ralph.RunId;
import dev.ralph.log.LogNames;
import dev.ralph.process.ProcessLauncher;
import dev.ralph.process.ProcessListener;
import dev.ralph.process.ProcessSpec;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.MDC;

class LogScopeTest {

    private static final RunId RUN = RunId.create(Instant.EPOCH);
    private static final RunId OTHER = RunId.create(Instant.EPOCH);

    @AfterEach
    void clear() {
        MDC.clear();
    }

    @Test
    void whatThereWasBeforeIsRestored() {
        MDC.put("request", "42");
        MDC.put(LogNames.AGENT, "of somebody else");

        LogScope scope = LogScope.open(RUN);
        LogScope.tenant("acme");
        LogScope.attempt(3, 1, "claude");

        assertThat(MDC.getCopyOfContextMap())
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "request",
                        "42",
                        LogNames.RUN,
                        RUN.toString(),
                        LogNames.TENANT,
                        "acme",
                        LogNames.ITERATION,
                        "3",
                        LogNames.ATTEMPT,
                        "1",
                        LogNames.AGENT,
                        "claude"));
        scope.close();
        assertThat(MDC.getCopyOfContextMap())
                .containsExactlyInAnyOrderEntriesOf(Map.of("request", "42", LogNames.AGENT, "of somebody else"));
    }

    @Test
    void aScopeWithinAnotherKnowsNothingOfItAndGivesBackWhatItFound() {
        LogScope scope = LogScope.open(RUN);
        LogScope.attempt(2, 1, "claude");

        LogScope.during(OTHER, () -> {
            assertThat(MDC.get(LogNames.RUN)).isEqualTo(OTHER.toString());
            assertThat(MDC.get(LogNames.ITERATION)).isNull();
        });

        assertThat(MDC.get(LogNames.RUN)).isEqualTo(RUN.toString());
        assertThat(MDC.get(LogNames.ITERATION)).isEqualTo("2");
        scope.close();
        assertThat(MDC.get(LogNames.RUN)).isNull();
    }

    @Test
    void whatAPersonNamedCannotForgeALine() {
        LogScope scope = LogScope.open(RUN);
        LogScope.tenant("acme\n12:00:00 ERROR forged");
        LogScope.attempt(1, 1, "an\u001B[2Jagent");

        assertThat(MDC.get(LogNames.TENANT)).isEqualTo("acme 12:00:00 ERROR forged");
        assertThat(MDC.get(LogNames.AGENT)).isEqualTo("anagent");
        scope.close();
    }

    @Test
    void aTaskCarriesItsScopeToAnotherThreadAndLeavesNothingThere() throws Exception {
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try {
            LogScope scope = LogScope.open(RUN);
            CompletableFuture<@Nullable String> seen = new CompletableFuture<>();
            Runnable carried = LogScope.carried(() -> seen.complete(MDC.get(LogNames.RUN)));
            scope.close();

            thread.execute(carried);

            assertThat(seen.get(1, TimeUnit.MINUTES)).isEqualTo(RUN.toString());
            assertThat(thread.submit(() -> MDC.get(LogNames.RUN)).get(1, TimeUnit.MINUTES))
                    .isNull();
        } finally {
            thread.shutdownNow();
        }
    }

    @Test
    void theThreadsThatReadAProcessAreInTheScopeOfWhoStartedIt(@TempDir Path folder) throws Exception {
        CompletableFuture<@Nullable String> seen = new CompletableFuture<>();
        ProcessListener listener = new ProcessListener() {
            @Override
            public void activity() {
                seen.complete(MDC.get(LogNames.RUN));
            }
        };
        try (ProcessLauncher launcher = ProcessLauncher.builder().build()) {
            LogScope scope = LogScope.open(RUN);
            launcher.start(
                            ProcessSpec.builder("/bin/echo", "hello")
                                    .directory(folder)
                                    .build(),
                            listener)
                    .await();
            scope.close();
        }

        assertThat(seen.get(1, TimeUnit.MINUTES)).isEqualTo(RUN.toString());
    }
}
