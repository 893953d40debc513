/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ralph.RunProgress;
import dev.ralph.Spend;
import dev.ralph.StoreException;
import dev.ralph.Usage;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The two JSON columns of a run's row. What a newer node adds to them is left alone. Thread-safe. */
final class RunDocuments {

    private final JsonMapper json = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    String metadata(Map<String, String> labels, List<String> agents) {
        ObjectNode document = json.createObjectNode();
        ObjectNode labelsNode = document.putObject("labels");
        labels.forEach(labelsNode::put);
        ArrayNode agentsNode = document.putArray("agents");
        agents.forEach(agentsNode::add);
        return text(document);
    }

    Map<String, String> labels(JsonNode metadata) {
        Map<String, String> labels = new HashMap<>();
        metadata.path("labels")
                .properties()
                .forEach(label -> labels.put(label.getKey(), label.getValue().asText()));
        return labels;
    }

    List<String> agents(JsonNode metadata) {
        List<String> agents = new ArrayList<>();
        metadata.path("agents").forEach(agent -> agents.add(agent.asText()));
        return agents;
    }

    String metrics(RunProgress progress) {
        ObjectNode document = json.createObjectNode();
        document.put("iterations", progress.iterations());
        document.put("attempts", progress.attempts());
        document.put("unreported", progress.unreported());
        Usage usage = progress.usage();
        document.putObject("tokens")
                .put("input", usage.input())
                .put("output", usage.output())
                .put("cache_read", usage.cacheRead())
                .put("cache_write", usage.cacheWrite())
                .put("unknown", progress.unknownTokens());
        Spend spend = progress.spend();
        document.putObject("cost")
                .put("billed", spend.billed())
                .put("estimated", spend.estimated())
                .put("unknown", spend.unknown());
        document.put("runtime_nanos", progress.runtime().toNanos());
        Instant since = progress.clockSince();
        if (since != null) {
            document.put("clock_since", since.truncatedTo(ChronoUnit.MICROS).toString());
        }
        return text(document);
    }

    RunProgress progress(JsonNode metrics) {
        JsonNode tokens = metrics.path("tokens");
        JsonNode cost = metrics.path("cost");
        JsonNode since = metrics.path("clock_since");
        return new RunProgress(
                metrics.path("iterations").intValue(),
                metrics.path("attempts").intValue(),
                metrics.path("unreported").intValue(),
                new Usage(
                        tokens.path("input").longValue(),
                        tokens.path("output").longValue(),
                        tokens.path("cache_read").longValue(),
                        tokens.path("cache_write").longValue()),
                tokens.path("unknown").longValue(),
                new Spend(
                        cost.path("billed").decimalValue(),
                        cost.path("estimated").decimalValue(),
                        cost.path("unknown").decimalValue()),
                Duration.ofNanos(metrics.path("runtime_nanos").longValue()),
                since.isTextual() ? Instant.parse(since.textValue()) : null);
    }

    JsonNode parse(String document) {
        try {
            return json.readTree(document);
        } catch (JsonProcessingException e) {
            throw new StoreException("a JSON column of a run's row cannot be read", e);
        }
    }

    private String text(JsonNode document) {
        try {
            return json.writeValueAsString(document);
        } catch (JsonProcessingException e) {
            throw new StoreException("a column of a run cannot be written as JSON", e);
        }
    }
}
