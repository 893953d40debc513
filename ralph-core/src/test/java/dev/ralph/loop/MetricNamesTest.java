/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.loop;

import static dev.ralph.loop.Playground.quick;
import static dev.ralph.loop.Playground.result;
import static dev.ralph.loop.Playground.until;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ralph.BudgetLimit;
import dev.ralph.CheckpointPolicy;
import dev.ralph.Cost;
import dev.ralph.Limits;
import dev.ralph.Orchestrator;
import dev.ralph.RunQuery;
import dev.ralph.RunSpec;
import dev.ralph.Usage;
import dev.ralph.cache.Cache;
import dev.ralph.cache.CacheFigures;
import dev.ralph.cache.CacheRegion;
import dev.ralph.cache.Caches;
import dev.ralph.cache.MemoryCaches;
import dev.ralph.cache.OuterTierStatus;
import dev.ralph.metrics.RalphMetricNames;
import dev.ralph.spi.AgentOutcome;
import dev.ralph.spi.Gate;
import dev.ralph.spi.UsageReport;
import io.micrometer.core.instrument.Tag;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.lang.reflect.Field;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Names are the same in the code, on the page that documents them, and in what Prometheus scrapes. */
class MetricNamesTest {

    @RegisterExtension
    final Playground play = new Playground();

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    @Test
    void everyNameIsDocumentedOnce() throws Exception {
        List<String> names = new ArrayList<>();
        Set<String> tags = new HashSet<>();
        for (Field field : RalphMetricNames.class.getFields()) {
            (field.getName().startsWith("TAG_") ? tags : names).add((String) field.get(null));
        }
        List<DocumentedMetric> documented = DocumentedMetric.all();

        assertThat(documented).extracting(DocumentedMetric::name).containsExactlyInAnyOrderElementsOf(names);
        assertThat(documented.stream().flatMap(metric -> metric.tags().stream()))
                .containsOnly(tags.toArray(String[]::new));
    }

    @Test
    void whatRunsDidIsScrapedUnderExactlyTheDocumentedNamesAndTags() throws Exception {
        Set<String> scraped = new HashSet<>();
        Orchestrator ralph = play.start(Orchestrator.builder()
                .meterRegistry(registry)
                .caches(play.closing(new TieredCaches()))
                .agent(new InProcessAgent("scripted", (invocation, listener) -> {
                    scraped.addAll(DocumentedMetric.samplesOf(registry.scrape()));
                    requireDocumentedTags();
                    return new AgentOutcome.Finished("LOOP_COMPLETE", false, usage());
                })));
        ralph.defineBudget(new BudgetLimit("team", 1_000L, new BigDecimal("100")));
        ralph.health().full();
        ralph.list(RunQuery.NEWEST);

        result(ralph.submit(quick(RunSpec.prompt("Do the task")
                        .workspace(play.repository("w"))
                        .agent("scripted"))
                .checkpoints(CheckpointPolicy.EVERY_ITERATION)
                .budget("team")
                .limits(Limits.builder()
                        .reservedTokens(10L)
                        .reservedCost(BigDecimal.ONE)
                        .build())
                .gate(Gate.command("true"))
                .build()));
        until(
                () -> {
                    scraped.addAll(DocumentedMetric.samplesOf(registry.scrape()));
                    return scraped.contains("ralph_run_duration_seconds_max") ? true : null;
                },
                "the end of the run in a scrape");

        requireDocumentedTags();
        assertThat(scraped)
                .containsExactlyInAnyOrderElementsOf(DocumentedMetric.all().stream()
                        .flatMap(DocumentedMetric::samples)
                        .collect(Collectors.toSet()));
    }

    private void requireDocumentedTags() {
        Map<String, Set<String>> documented = documentedTags();
        assertThat(registry.getMeters()).isNotEmpty().allSatisfy(meter -> {
            assertThat(meter.getId().getTags().stream().map(Tag::getKey))
                    .as(meter.getId().getName())
                    .containsExactlyInAnyOrderElementsOf(
                            documented.get(meter.getId().getName()));
            assertThat(meter.getId().getDescription()).isNotBlank();
        });
    }

    private static Map<String, Set<String>> documentedTags() {
        try {
            return DocumentedMetric.all().stream()
                    .collect(Collectors.toMap(DocumentedMetric::name, DocumentedMetric::tags));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static UsageReport usage() {
        return new UsageReport(new Usage(1, 2, 3, 4), Cost.billed(new BigDecimal("0.01")));
    }

    /** As if there were a tier outside. */
    private static final class TieredCaches implements Caches {

        private final MemoryCaches caches = new MemoryCaches();

        @Override
        public <V> Cache<V> region(CacheRegion<V> definition) {
            return caches.region(definition);
        }

        @Override
        public void evictAll() {
            caches.evictAll();
        }

        @Override
        public Map<String, CacheFigures> figures() {
            return caches.figures();
        }

        @Override
        public Optional<OuterTierStatus> outerTier() {
            return Optional.of(new OuterTierStatus(true, true, false, 0, 1, 2));
        }

        @Override
        public void close() {
            caches.close();
        }
    }
}
