/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.agents.claude;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ralph.Cost;
import dev.ralph.Usage;
import dev.ralph.spi.AgentOutcome;
import dev.ralph.spi.UsageReport;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** All recordings of the real client, printed again by a process of their own. */
class RecordingsTest {

    @TempDir
    Path folder;

    private Workbench bench;

    @BeforeEach
    void open() throws Exception {
        bench = new Workbench(folder);
        bench.secrets.put("ANTHROPIC_API_KEY", "sk-test-0123456789");
    }

    @AfterEach
    void close() {
        bench.close();
    }

    static List<Arguments> expected() {
        return Recordings.expected().stream()
                .map(row -> Arguments.of((Object[]) row))
                .toList();
    }

    @Test
    void noneIsForgotten() {
        assertThat(Recordings.expected())
                .extracting(row -> row[0])
                .containsExactlyInAnyOrderElementsOf(Recordings.names());
        assertThat(Recordings.names()).hasSizeGreaterThanOrEqualTo(69);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("expected")
    void eachIsUnderstood(String name, String outcome, String wait, String tokens, String dollars, String result)
            throws Exception {
        AgentOutcome actual = replay(name);

        assertUsage(actual.usage(), tokens, dollars);
        if (actual instanceof AgentOutcome.Failed failed) {
            assertThat(failed.failure()).as(failed.message()).hasToString(outcome);
            assertThat(failed.message()).isNotBlank().doesNotContain("\n", "sk-test-0123456789");
            assertThat(failed.retryAfter()).isEqualTo(wait.equals("-") ? null : seconds(wait));
        } else {
            assertThat(outcome).isEqualTo("FINISHED");
            assertThat(((AgentOutcome.Finished) actual).result()).isEqualTo(result);
            assertThat(((AgentOutcome.Finished) actual).cut()).isFalse();
        }
    }

    /** Else the run's meter would take all of it for unknown. */
    @ParameterizedTest
    @MethodSource("names")
    void whatStreamsGrowsAndIsNeverMoreThanTheEnd(String name) throws Exception {
        UsageReport end = replay(name).usage();

        Usage before = Usage.ZERO;
        for (UsageReport report : bench.heard.usage) {
            Usage now = Objects.requireNonNull(report.usage());
            assertThat(now.covers(before)).as("%s after %s", now, before).isTrue();
            assertThat(report.cost()).isEqualTo(Cost.UNKNOWN);
            before = now;
        }
        if (end.usage() != null) {
            assertThat(end.usage().covers(before))
                    .as("%s after %s", end, before)
                    .isTrue();
        }
    }

    static List<String> names() {
        return Recordings.names();
    }

    @Test
    void textAndToolsAreHeard() throws Exception {
        replay("edit-tool");

        assertThat(bench.heard.texts).containsExactly("edited\n");
        assertThat(bench.heard.tools)
                .containsExactly(
                        "Read(/workspace/a.txt)",
                        "Read ok: 1 one 2 two 3",
                        "Edit(/workspace/a.txt)",
                        "Edit ok: The file /workspace/a.txt has been updated successfully. (file state is current in your"
                                + " context — no need to Read it back)");
    }

    @Test
    void aRefusedPermissionIsHeardAndNoFailure() throws Exception {
        AgentOutcome outcome = replay("stream-denied");

        assertThat(outcome).isInstanceOf(AgentOutcome.Finished.class);
        assertThat(bench.heard.tools)
                .anySatisfy(tool -> assertThat(tool)
                        .startsWith("Write failed: permission refused: Claude requested permissions to write"));
    }

    @Test
    void thoughtsAndTheClientsOwnErrorsAreNotTheAgentsWords() throws Exception {
        replay("thinking");
        replay("error-401-stream");

        assertThat(bench.heard.texts).containsExactly("thought\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"max-turns-3-stream", "max-budget", "stream-max-budget"})
    void aLimitThatWasReachedIsNamed(String name) throws Exception {
        assertThat(((AgentOutcome.Failed) replay(name)).message())
                .containsPattern("Reached maximum (number of turns|budget) \\(.+\\), error_max_(turns|budget_usd)");
    }

    private AgentOutcome replay(String name) throws Exception {
        return bench.invoke(bench.agent(Workbench.replay(name)).build(bench), Map.of());
    }

    private static void assertUsage(UsageReport usage, String tokens, String dollars) {
        if (tokens.equals("-")) {
            assertThat(usage).isEqualTo(UsageReport.UNKNOWN);
            return;
        }
        String[] counts = tokens.split(" ", -1);
        assertThat(usage.usage())
                .isEqualTo(new Usage(
                        Long.parseLong(counts[0]),
                        Long.parseLong(counts[1]),
                        Long.parseLong(counts[2]),
                        Long.parseLong(counts[3])));
        assertThat(usage.cost().amount()).isEqualByComparingTo(new BigDecimal(dollars));
    }

    private static Duration seconds(String text) {
        return Duration.ofMillis(new BigDecimal(text).movePointRight(3).longValueExact());
    }
}
