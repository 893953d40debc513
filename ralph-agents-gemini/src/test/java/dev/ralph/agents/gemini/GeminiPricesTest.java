/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.agents.gemini;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ralph.ConfigurationException;
import dev.ralph.CostKind;
import dev.ralph.Usage;
import dev.ralph.agent.cli.PriceTable;
import dev.ralph.agents.gemini.internal.GeminiPrices;
import dev.ralph.spi.AgentOutcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The prices that come with the adapter, and those of a host. */
class GeminiPricesTest {

    private static final Usage MILLION_EACH = new Usage(1_000_000, 1_000_000, 1_000_000, 0);
    private static final String RESULT = "printf '{\"type\":\"result\",\"status\":\"success\",\"stats\":{\"models\":"
            + "{\"gemini-2.5-pro\":{\"total_tokens\":2000000,\"input_tokens\":1000000,\"output_tokens\":1000000,\"cached\":0,"
            + "\"input\":1000000}}}}\\n'";
    private static final String OWN = "{\"asOf\":\"2026-12-01\",\"models\":{\"gemini-2.5-pro\":"
            + "{\"input\":1,\"output\":2,\"cacheRead\":3,\"cacheWrite\":4}}}";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private Bench bench;

    @BeforeEach
    void open() {
        bench = new Bench(folder);
    }

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void theTableIsDated() {
        assertThat(GeminiPrices.builtIn().asOf()).isEqualTo(LocalDate.of(2026, 11, 25));
    }

    @Test
    void aModelHasItsPriceAndASmallerOneItsOwn() {
        PriceTable table = GeminiPrices.builtIn();

        assertThat(table.estimate("gemini-2.5-flash", MILLION_EACH).amount()).isEqualByComparingTo("2.83");
        assertThat(table.estimate("gemini-2.5-flash-lite", MILLION_EACH).amount())
                .isEqualByComparingTo("0.51");
        assertThat(table.estimate("gemini-3.1-pro-preview", MILLION_EACH, 200_000)
                        .amount())
                .isEqualByComparingTo("14.2");
        assertThat(table.estimate("gemini-3.1-pro-preview", MILLION_EACH, 200_001)
                        .amount())
                .isEqualByComparingTo("22.4");
        assertThat(table.estimate("gemini-3.1-pro-preview-customtools", MILLION_EACH)
                        .kind())
                .isEqualTo(CostKind.ESTIMATED);
        assertThat(table.estimate("gemini-2.5-flash-image", MILLION_EACH).kind())
                .isEqualTo(CostKind.UNKNOWN);
        assertThat(table.estimate("gemini-9-pro", MILLION_EACH).kind()).isEqualTo(CostKind.UNKNOWN);
    }

    @Test
    @Tag("linux")
    void aHostHasPricesOfItsOwn() throws Exception {
        Path file = Files.writeString(folder.resolve("prices.json"), OWN);
        bench.property("RALPH_GEMINI_PRICES", file.toString());

        AgentOutcome outcome = bench.invoke(bench.client(RESULT));

        assertThat(outcome.usage().cost().amount()).isEqualByComparingTo("3");
        assertThat(outcome.usage().cost().kind()).isEqualTo(CostKind.ESTIMATED);
    }

    @Test
    void aFileOfPricesThatCannotBeUsedIsRefusedAtOnce() {
        bench.property("RALPH_GEMINI_PRICES", folder.resolve("none.json").toString());

        assertThatThrownBy(() -> GeminiAgent.builder("gemini").build(bench.context()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("RALPH_GEMINI_PRICES")
                .hasMessageContaining("none.json");
    }
}
