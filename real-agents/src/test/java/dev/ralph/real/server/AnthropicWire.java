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
import org.jspecify.annotations.Nullable;

/** The Messages API of Anthropic. */
final class AnthropicWire implements Wire {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final AtomicLong serial = new AtomicLong();

    @Override
    public ServedRequest.Kind kind(String method, String path, JsonNode body) {
        if (!method.equals("POST")) {
            return ServedRequest.Kind.OTHER;
        }
        return switch (path) {
            case "/v1/messages" -> body.path("tools").isEmpty() ? ServedRequest.Kind.SIDE : ServedRequest.Kind.TURN;
            case "/v1/messages/count_tokens" -> ServedRequest.Kind.COUNT;
            default -> ServedRequest.Kind.OTHER;
        };
    }

    @Override
    public @Nullable String key(Headers headers) {
        return headers.getFirst("x-api-key");
    }

    @Override
    public String model(String path, JsonNode body) {
        return body.path("model").asText();
    }

    @Override
    public boolean streamed(String path, JsonNode body) {
        return body.path("stream").asBoolean();
    }

    @Override
    public List<String> events(Turn.Answer answer, String model) {
        List<String> events = new ArrayList<>();
        ObjectNode message = message(model);
        message.putArray("content");
        message.putNull("stop_reason");
        // What an answer costs in output is said at its end only.
        message.set("usage", usage(answer.tokens()).put("output_tokens", 1));
        events.add(event("message_start", JSON.createObjectNode().set("message", message)));
        for (int index = 0; index < answer.blocks().size(); index++) {
            addBlock(events, index, answer.blocks().get(index));
        }
        ObjectNode end = JSON.createObjectNode();
        end.putObject("delta").put("stop_reason", stopReason(answer)).putNull("stop_sequence");
        end.set("usage", usage(answer.tokens()));
        events.add(event("message_delta", end));
        events.add(event("message_stop", JSON.createObjectNode()));
        return events;
    }

    @Override
    public String whole(Turn.Answer answer, String model) {
        ObjectNode message = message(model);
        var content = message.putArray("content");
        answer.blocks().forEach(block -> content.add(content(block)));
        message.put("stop_reason", stopReason(answer));
        message.set("usage", usage(answer.tokens()));
        return message.toString();
    }

    @Override
    public Turn.Answer side(JsonNode body) {
        return Turn.says("ok");
    }

    @Override
    public String error(Turn.Refusal refusal) {
        return errorNode(refusal).toString();
    }

    @Override
    public Map<String, String> errorHeaders(Turn.Refusal refusal) {
        return refusal.retryAfter() == null
                ? Map.of()
                : Map.of("retry-after", Long.toString(refusal.retryAfter().toSeconds()));
    }

    @Override
    public String errorEvent(Turn.Refusal refusal) {
        return event("error", errorNode(refusal));
    }

    @Override
    public String count(long tokens) {
        return JSON.createObjectNode().put("input_tokens", tokens).toString();
    }

    @Override
    public String nothing() {
        ObjectNode models = JSON.createObjectNode().put("has_more", false);
        models.putArray("data");
        return models.toString();
    }

    private void addBlock(List<String> events, int index, Block block) {
        if (block instanceof Block.Text text) {
            events.add(blockStart(
                    index, JSON.createObjectNode().put("type", "text").put("text", "")));
            Chunks.of(text.text()).forEach(chunk -> events.add(delta(index, "text_delta", "text", chunk)));
        } else if (block instanceof Block.Thinking thinking) {
            events.add(blockStart(
                    index,
                    JSON.createObjectNode()
                            .put("type", "thinking")
                            .put("thinking", "")
                            .put("signature", "")));
            Chunks.of(thinking.text()).forEach(chunk -> events.add(delta(index, "thinking_delta", "thinking", chunk)));
            events.add(delta(index, "signature_delta", "signature", SIGNATURE));
        } else if (block instanceof Block.ToolCall call) {
            ObjectNode start = content(block);
            start.putObject("input");
            events.add(blockStart(index, start));
            Chunks.of(JSON.valueToTree(call.input()).toString())
                    .forEach(chunk -> events.add(delta(index, "input_json_delta", "partial_json", chunk)));
        }
        events.add(event("content_block_stop", JSON.createObjectNode().put("index", index)));
    }

    private static final String SIGNATURE = "c2lnbmVk";

    private String blockStart(int index, ObjectNode block) {
        ObjectNode start = JSON.createObjectNode().put("index", index);
        start.set("content_block", block);
        return event("content_block_start", start);
    }

    private String delta(int index, String type, String field, String value) {
        ObjectNode delta = JSON.createObjectNode().put("index", index);
        delta.putObject("delta").put("type", type).put(field, value);
        return event("content_block_delta", delta);
    }

    private ObjectNode content(Block block) {
        ObjectNode content = JSON.createObjectNode();
        if (block instanceof Block.Text text) {
            content.put("type", "text").put("text", text.text());
        } else if (block instanceof Block.Thinking thinking) {
            content.put("type", "thinking").put("thinking", thinking.text()).put("signature", SIGNATURE);
        } else if (block instanceof Block.ToolCall call) {
            content.put("type", "tool_use").put("id", id("toolu")).put("name", call.name());
            content.set("input", JSON.valueToTree(call.input()));
        }
        return content;
    }

    private ObjectNode message(String model) {
        return JSON.createObjectNode()
                .put("id", id("msg"))
                .put("type", "message")
                .put("role", "assistant")
                .put("model", model)
                .putNull("stop_sequence");
    }

    private static ObjectNode usage(Tokens tokens) {
        return JSON.createObjectNode()
                .put("input_tokens", tokens.input())
                .put("cache_creation_input_tokens", tokens.cacheWrite())
                .put("cache_read_input_tokens", tokens.cacheRead())
                .put("output_tokens", tokens.output())
                .put("service_tier", "standard");
    }

    private static String stopReason(Turn.Answer answer) {
        return answer.callsTools() ? "tool_use" : "end_turn";
    }

    private ObjectNode errorNode(Turn.Refusal refusal) {
        ObjectNode node = JSON.createObjectNode().put("type", "error").put("request_id", id("req"));
        node.putObject("error").put("type", errorType(refusal.status())).put("message", refusal.message());
        return node;
    }

    private static String errorType(int status) {
        return switch (status) {
            case 400 -> "invalid_request_error";
            case 401 -> "authentication_error";
            case 403 -> "permission_error";
            case 404 -> "not_found_error";
            case 413 -> "request_too_large";
            case 429 -> "rate_limit_error";
            case 529 -> "overloaded_error";
            default -> "api_error";
        };
    }

    private static String event(String type, JsonNode data) {
        ObjectNode typed = JSON.createObjectNode().put("type", type);
        typed.setAll((ObjectNode) data);
        return "event: " + type + "\ndata: " + typed + "\n\n";
    }

    private String id(String prefix) {
        return prefix + "_scripted" + serial.incrementAndGet();
    }
}
