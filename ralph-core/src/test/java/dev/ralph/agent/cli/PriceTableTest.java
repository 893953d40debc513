/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.ralph.ConfigurationException;
import dev.ralph.Cost;
import dev.ralph.CostKind;
import dev.ralph.Usage;
import dev.ralph.process.ProcessLauncher;
import dev.ralph.spi.ProviderContext;
import dev.ralph.spi.SecretSource;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PriceTableTest {

    private static final String TABLE = """
            {"asOf":"2026-11-01","source":"anything else is ignored",
             "models":{
              "pro":{"input":1.25,"output":10,"cacheRead":0.125,"cacheWrite":2,
                     "above":{"promptTokens":200000,"input":2.5,"output":15,"cacheRead":0.25,"cacheWrite":4}},
              "pro-mini":{"input":1,"output":2,"cacheRead":3,"cacheWrite":4}}}""";

    private final PriceTable table = PriceTable.parse("test", TABLE);

    @TempDir
    Path folder;

    @Test
    void aMillionTokensCostTheirPrice() {
        assertThat(dollars("pro-mini", new Usage(1_000_000, 0, 0, 0))).isEqualByComparingTo("1");
        assertThat(dollars("pro-mini", new Usage(0, 1_000_000, 0, 0))).isEqualByComparingTo("2");
        assertThat(dollars("pro-mini", new Usage(0, 0, 1_000_000, 0))).isEqualByComparingTo("3");
        assertThat(dollars("pro-mini", new Usage(0, 0, 0, 1_000_000))).isEqualByComparingTo("4");
        assertThat(dollars("pro-mini", new Usage(1, 1, 1, 1))).isEqualByComparingTo("0.00001");
    }

    @Test
    void aLongPromptCostsMoreWithEveryKindOfTokensRead() {
        assertThat(dollars("pro", new Usage(200_000, 1_000, 0, 0))).isEqualByComparingTo("0.26");
        assertThat(dollars("pro", new Usage(200_001, 1_000, 0, 0))).isEqualByComparingTo("0.5150025");
        assertThat(dollars("pro", new Usage(0, 0, 200_001, 0))).isEqualByComparingTo("0.05000025");
        assertThat(dollars("pro", new Usage(0, 0, 0, 200_001))).isEqualByComparingTo("0.800004");
        assertThat(dollars("pro", new Usage(0, 1_000_000, 0, 0))).isEqualByComparingTo("10");
    }

    @Test
    void theUsageOfManyRequestsIsPricedByTheLongestOfTheirPrompts() {
        Usage usage = new Usage(1_000_000, 0, 0, 0);

        assertThat(table.estimate("pro", usage, 200_000).amount())
                .isEqualByComparingTo(
                        dollars("pro", new Usage(200_000, 0, 0, 0)).multiply(BigDecimal.valueOf(5)));
        assertThat(table.estimate("pro", usage, 200_001).amount()).isEqualByComparingTo(dollars("pro", usage));
        assertThat(table.estimate("other", usage, 1)).isEqualTo(Cost.UNKNOWN);
    }

    @Test
    void theHighestCountsAreAPriceToo() {
        Usage most = new Usage(Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE);

        assertThat(dollars("pro", most)).isPositive();
    }

    @ParameterizedTest
    @CsvSource({
        "pro, 10",
        "pro-2026-11-01, 10",
        "pro@20261101, 10",
        "pro-mini, 2",
        "pro-mini-preview-0101, 2",
        "pro-latest, 10",
        "pro-preview-09-2026, 10",
        "pro-v2:0, 10",
    })
    void aModelIsFoundByItsNameWithoutItsVersion(String model, String output) {
        assertThat(dollars(model, new Usage(0, 1_000_000, 0, 0))).isEqualByComparingTo(output);
    }

    @ParameterizedTest
    @CsvSource({"pro2", "prominent", "p", "xpro", "''", "pro-min", "pro-mini-image", "pro-preview-tts", "pro-", "pro-2x"
    })
    void anotherModelHasNoPrice(String model) {
        assertThat(table.estimate(model, new Usage(1, 1, 1, 1))).isEqualTo(Cost.UNKNOWN);
    }

    @Test
    void itTellsItsDateAndItsModels() {
        assertThat(table.asOf()).isEqualTo(LocalDate.of(2026, 11, 1));
        assertThat(table.models()).containsExactlyInAnyOrder("pro", "pro-mini");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{|is no JSON",
                "{} {}|is no JSON",
                "[]|models is missing; it must be an object",
                "{'asOf':'2026-11-01','models':[]}|models is []; it must be an object",
                "{'models':{}}|asOf is missing; it must be a date such as 2026-11-01",
                "{'asOf':'soon','models':{}}|asOf is \"soon\"; it must be a date such as 2026-11-01",
                "{'asOf':20261101,'models':{}}|asOf is 20261101; it must be a date such as 2026-11-01",
                "{'asOf':'2026-11-01','models':{'m':7}}|models.m is 7; it must be an object",
                "{'asOf':'2026-11-01','models':{'m':{}}}|models.m.input is missing; it must be US dollars",
                "{'asOf':'2026-11-01','models':{'m':{'input':-1}}}|models.m.input is -1; it must be US dollars",
                "{'asOf':'2026-11-01','models':{'m':{'input':'1'}}}|models.m.input is \"1\"; it must be US dollars",
                "{'asOf':'2026-11-01','models':{'m':{'input':1,'output':1,'cacheRead':1}}}|models.m.cacheWrite is missing",
                "{'asOf':'2026-11-01','models':{'m':{'above':7}}}|models.m.above is 7; it must be an object",
                "{'asOf':'2026-11-01','models':{'m':{'above':{'promptTokens':0}}}}|models.m.above.promptTokens is 0",
            })
    void whatIsWrongNamesTableFieldValueAndFix(String json, String problem) {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> PriceTable.parse("prices.json", json.replace('\'', '"')))
                .withMessageContaining("price table prices.json")
                .withMessageContaining(problem);
    }

    @Test
    void aHostNamesAFileOfItsOwn() throws Exception {
        Path file = Files.writeString(folder.resolve("mine.json"), TABLE.replace("2026-11-01", "2026-12-24"));

        assertThat(PriceTable.configured(context(file.toString()), "X_PRICES", () -> table)
                        .asOf())
                .isEqualTo(LocalDate.of(2026, 12, 24));
        assertThat(PriceTable.configured(context(null), "X_PRICES", () -> table))
                .isSameAs(table);
    }

    @Test
    void aFileThatCannotBeReadNamesThePropertyToo() {
        String missing = folder.resolve("missing.json").toString();

        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> PriceTable.configured(context(missing), "X_PRICES", () -> table))
                .withMessageContainingAll("X_PRICES", missing, "correct the path");
    }

    private BigDecimal dollars(String model, Usage usage) {
        Cost cost = table.estimate(model, usage);
        assertThat(cost.kind()).isEqualTo(CostKind.ESTIMATED);
        return cost.amount();
    }

    private static ProviderContext context(@Nullable String file) {
        return new ProviderContext() {
            @Override
            public Optional<String> property(String name) {
                return name.equals("X_PRICES") ? Optional.ofNullable(file) : Optional.empty();
            }

            @Override
            public SecretSource secrets() {
                return name -> Optional.empty();
            }

            @Override
            public ProcessLauncher processes() {
                throw new UnsupportedOperationException("a price table starts nothing");
            }

            @Override
            public InstantSource clock() {
                return InstantSource.system();
            }
        };
    }
}
