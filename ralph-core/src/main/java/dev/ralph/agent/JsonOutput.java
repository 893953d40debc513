/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.agent;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.ralph.Cost;
import dev.ralph.FailureClass;
import dev.ralph.Usage;
import dev.ralph.internal.worker.StorableText;
import dev.ralph.spi.AgentOutcome;
import dev.ralph.spi.UsageReport;
import org.jspecify.annotations.Nullable;

/** Takes the result of a program that prints JSON. */
final class JsonOutput {

    private static final int MESSAGE = 500;

    /** Some programs write NaN where they mean that they do not know. Several documents in a row are not one. */
    private final JsonMapper mapper = JsonMapper.builder()
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final CommandAgentConfig.JsonResult pointers;

    JsonOutput(CommandAgentConfig.JsonResult pointers) {
        this.pointers = pointers;
    }

    /** The outcome of a program that ended with exit code 0. */
    AgentOutcome read(TextTail output) {
        JsonNode document = document(output);
        if (document == null) {
            return new AgentOutcome.Failed(
                    FailureClass.AGENT_ERROR,
                    "it ended with exit code 0, but its output is no JSON object"
                            + (output.cut() ? ", or is too long" : ""),
                    null,
                    UsageReport.UNKNOWN);
        }
        UsageReport usage = usage(document);
        JsonNode result = document.at(pointers.result());
        if (pointers.error() != null && document.at(pointers.error()).asBoolean(false)) {
            String text = result.asText("");
            return new AgentOutcome.Failed(
                    FailureClass.AGENT_ERROR,
                    "it reports an error: " + StorableText.beginning(text, MESSAGE),
                    null,
                    usage);
        }
        if (!result.isTextual()) {
            return new AgentOutcome.Failed(
                    FailureClass.AGENT_ERROR, "its JSON output has no text at " + pointers.result(), null, usage);
        }
        return new AgentOutcome.Finished(result.asText(), output.cut(), usage);
    }

    /** What it used, as far as the output says; unknown if there is no JSON. */
    UsageReport usage(TextTail output) {
        JsonNode document = document(output);
        return document == null ? UsageReport.UNKNOWN : usage(document);
    }

    private @Nullable JsonNode document(TextTail output) {
        JsonNode whole = parse(output.text());
        return whole != null ? whole : parse(output.lastMatching("{"));
    }

    private @Nullable JsonNode parse(String text) {
        try {
            JsonNode node = mapper.readTree(text);
            return node != null && node.isObject() ? node : null;
        } catch (JsonProcessingException e) {
            return null;
        }
    }

    private UsageReport usage(JsonNode document) {
        boolean known = pointers.inputTokens() != null || pointers.outputTokens() != null;
        Long input = tokens(document, pointers.inputTokens());
        Long output = tokens(document, pointers.outputTokens());
        Long cacheRead = tokens(document, pointers.cacheReadTokens());
        Long cacheWrite = tokens(document, pointers.cacheWriteTokens());
        Usage usage = known && input != null && output != null && cacheRead != null && cacheWrite != null
                ? Usage.reported(input, output, cacheRead, cacheWrite)
                : null;
        JsonNode cost = pointers.cost() == null ? null : document.at(pointers.cost());
        return new UsageReport(
                usage,
                cost != null && cost.isNumber() ? Cost.reported(cost.asDouble(), pointers.costKind()) : Cost.UNKNOWN);
    }

    /** A count; 0 if the program is not said to report it, null if it should and does not. */
    private static @Nullable Long tokens(JsonNode document, @Nullable String pointer) {
        if (pointer == null) {
            return 0L;
        }
        JsonNode value = document.at(pointer);
        return value.isIntegralNumber() && value.canConvertToLong() ? Long.valueOf(value.asLong()) : null;
    }
}
