/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.real.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.Headers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** The Gemini API: generateContent and streamGenerateContent. */
final class GeminiWire implements Wire {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Pattern PATH = Pattern.compile("/v1(?:beta|alpha)?/models/([^:/]+):(\\w+)");

    private final AtomicLong serial = new AtomicLong();

    @Override
    public ServedRequest.Kind kind(String method, String path, JsonNode body) {
        return switch (method(path)) {
            case "generateContent", "streamGenerateContent" ->
                offersTools(body) ? ServedRequest.Kind.TURN : ServedRequest.Kind.SIDE;
            case "countTokens" -> ServedRequest.Kind.COUNT;
            default -> ServedRequest.Kind.OTHER;
        };
    }

    @Override
    public @Nullable String key(Headers headers) {
        return headers.getFirst("x-goog-api-key");
    }

    @Override
    public String model(String path, JsonNode body) {
        Matcher matcher = PATH.matcher(path);
        return matcher.matches() ? matcher.group(1) : "";
    }

    @Override
    public boolean streamed(String path, JsonNode body) {
        return method(path).equals("streamGenerateContent");
    }

    @Override
    public List<String> events(Turn.Answer answer, String model) {
        List<ObjectNode> parts = new ArrayList<>();
        answer.blocks().forEach(block -> addParts(parts, block));
        String response = id("resp");
        List<String> events = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            boolean last = i == parts.size() - 1;
            ObjectNode event = answer(List.of(parts.get(i)), model, response, last ? answer.tokens() : null);
            events.add("data: " + event + "\r\n\r\n");
        }
        return events;
    }

    @Override
    public String whole(Turn.Answer answer, String model) {
        List<ObjectNode> parts = new ArrayList<>();
        answer.blocks().forEach(block -> addParts(parts, block));
        return answer(parts, model, id("resp"), answer.tokens()).toString();
    }

    @Override
    public Turn.Answer side(JsonNode body) {
        JsonNode config = body.path("generationConfig");
        JsonNode schema = config.path("responseJsonSchema").isMissingNode()
                ? config.path("responseSchema")
                : config.path("responseJsonSchema");
        return Turn.says(
                schema.isMissingNode() ? "ok" : SmallestValue.of(schema).toString());
    }

    @Override
    public String error(Turn.Refusal refusal) {
        ObjectNode node = JSON.createObjectNode();
        ObjectNode error = node.putObject("error")
                .put("code", refusal.status())
                .put("message", refusal.message())
                .put("status", status(refusal.status()));
        if (refusal.retryAfter() != null) {
            error.putArray("details")
                    .addObject()
                    .put("@type", "type.googleapis.com/google.rpc.RetryInfo")
                    .put("retryDelay", refusal.retryAfter().toSeconds() + "s");
        }
        return node.toString();
    }

    @Override
    public Map<String, String> errorHeaders(Turn.Refusal refusal) {
        return Map.of();
    }

    @Override
    public String errorEvent(Turn.Refusal refusal) {
        return "data: " + error(refusal) + "\r\n\r\n";
    }

    @Override
    public String count(long tokens) {
        return JSON.createObjectNode().put("totalTokens", tokens).toString();
    }

    @Override
    public String nothing() {
        ObjectNode models = JSON.createObjectNode();
        models.putArray("models");
        return models.toString();
    }

    private static String method(String path) {
        Matcher matcher = PATH.matcher(path);
        return matcher.matches() ? matcher.group(2) : "";
    }

    private static boolean offersTools(JsonNode body) {
        return StreamSupport.stream(body.path("tools").spliterator(), false)
                .anyMatch(tool -> !tool.path("functionDeclarations").isEmpty());
    }

    private void addParts(List<ObjectNode> parts, Block block) {
        if (block instanceof Block.Text text) {
            Chunks.of(text.text())
                    .forEach(chunk -> parts.add(JSON.createObjectNode().put("text", chunk)));
        } else if (block instanceof Block.Thinking thinking) {
            Chunks.of(thinking.text())
                    .forEach(chunk ->
                            parts.add(JSON.createObjectNode().put("text", chunk).put("thought", true)));
        } else if (block instanceof Block.ToolCall call) {
            ObjectNode part = JSON.createObjectNode();
            ObjectNode function =
                    part.putObject("functionCall").put("id", id("call")).put("name", call.name());
            function.set("args", JSON.valueToTree(call.input()));
            parts.add(part);
        }
    }

    /** A piece of an answer; the last one has tokens. */
    private static ObjectNode answer(List<ObjectNode> parts, String model, String response, @Nullable Tokens tokens) {
        ObjectNode node = JSON.createObjectNode();
        ObjectNode candidate = node.putArray("candidates").addObject().put("index", 0);
        candidate.putObject("content").put("role", "model").putArray("parts").addAll(parts);
        if (tokens != null) {
            candidate.put("finishReason", "STOP");
            node.set("usageMetadata", usage(tokens));
        }
        return node.put("modelVersion", model).put("responseId", response);
    }

    private static ObjectNode usage(Tokens tokens) {
        long prompt = tokens.input() + tokens.cacheRead();
        ObjectNode usage = JSON.createObjectNode()
                .put("promptTokenCount", prompt)
                .put("candidatesTokenCount", tokens.output())
                .put("totalTokenCount", prompt + tokens.output());
        return tokens.cacheRead() == 0 ? usage : usage.put("cachedContentTokenCount", tokens.cacheRead());
    }

    private static String status(int code) {
        return switch (code) {
            case 400 -> "INVALID_ARGUMENT";
            case 401 -> "UNAUTHENTICATED";
            case 403 -> "PERMISSION_DENIED";
            case 404 -> "NOT_FOUND";
            case 429 -> "RESOURCE_EXHAUSTED";
            case 500 -> "INTERNAL";
            case 503 -> "UNAVAILABLE";
            default -> "UNKNOWN";
        };
    }

    private String id(String prefix) {
        return prefix + "_scripted" + serial.incrementAndGet();
    }
}
