/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.agents.gemini.internal;

import dev.ralph.agent.cli.ClientOutcomes;
import dev.ralph.agent.cli.ClientTranscript;
import dev.ralph.agent.cli.JsonEvent;
import dev.ralph.agent.cli.JsonEventReader;
import dev.ralph.agent.cli.JsonShape;
import dev.ralph.agent.cli.PriceTable;
import dev.ralph.process.ProcessExit;
import dev.ralph.spi.AgentListener;
import dev.ralph.spi.AgentOutcome;
import dev.ralph.spi.UsageReport;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * Reads the client's stream of JSON ({@code --output-format stream-json}). The result text is what the model wrote after
 * its last use of a tool. Only a {@code result} event concludes: the client also ends with exit code 0 when it was
 * terminated or its stream broke.
 */
public final class GeminiTranscript implements ClientTranscript {

    /** How lines begin that cannot be read, as far as it matters whether text is missing. */
    private static final String MESSAGE = "{\"type\":\"message\"";

    private static final String TOOL = "{\"type\":\"tool_";

    private static final int SUMMARY_CHARS = 200;
    private static final int MESSAGE_CHARS = 16_000;

    private static final JsonShape SHAPE = JsonShape.of(
                    "type",
                    "role",
                    "content",
                    "delta",
                    "status",
                    "stats.total_tokens",
                    "stats.input_tokens",
                    "stats.output_tokens",
                    "stats.cached",
                    "stats.input",
                    "stats.models.*.total_tokens",
                    "stats.models.*.input_tokens",
                    "stats.models.*.output_tokens",
                    "stats.models.*.cached",
                    "stats.models.*.input",
                    "error.type")
            .beginnings(MESSAGE_CHARS, "message", "error.message")
            .beginnings(SUMMARY_CHARS, "tool_name", "tool_id", "output", "parameters.*")
            .ignoring("timestamp", "session_id", "model", "severity");

    private final JsonEventReader reader = new JsonEventReader(SHAPE);
    private final AgentListener listener;
    private final PriceTable prices;
    private final InstantSource clock;
    private final TextTail text = new TextTail(ClientOutcomes.RESULT_CHARS);
    private final SpokenLines spoken;
    private final OpenCalls calls = new OpenCalls();

    private boolean begun;
    private boolean worked;
    private boolean toolsReturned;
    private int requests = 1;
    private String lastError = "";
    private @Nullable JsonEvent result;
    private UsageReport usage = UsageReport.UNKNOWN;
    private long unknownEvents;

    /** Tells a listener what it reads. */
    public GeminiTranscript(AgentListener listener, PriceTable prices, InstantSource clock) {
        this.listener = listener;
        this.spoken = new SpokenLines(listener);
        this.prices = prices;
        this.clock = clock;
    }

    @Override
    public void output(String line, boolean cut) {
        JsonEvent event = reader.read(line, cut);
        if (event == null) {
            if (line.startsWith(MESSAGE) || (cut && !line.startsWith(TOOL))) {
                text.markCut();
            }
            return;
        }
        switch (event.text("type", "")) {
            case "init" -> begun = true;
            case "message" -> message(event);
            case "tool_use" -> toolUse(event);
            case "tool_result" -> toolResult(event);
            case "error" -> lastError = event.text("message", lastError);
            case "result" -> result(event);
            default -> unknownEvents++;
        }
    }

    private void message(JsonEvent event) {
        String content = event.text("content");
        if (!event.text("role", "").equals("assistant") || content == null) {
            return;
        }
        goOn();
        if (!event.flag("delta", false)) {
            text.clear();
        }
        text.append(content);
        spoken.add(content);
    }

    private void toolUse(JsonEvent event) {
        goOn();
        text.clear();
        String tool = event.text("tool_name", "unknown");
        calls.begin(event.text("tool_id", ""), tool);
        spoken.end();
        listener.toolCalled(tool, ToolSummary.ofCall(event.object("parameters")));
    }

    private void toolResult(JsonEvent event) {
        text.clear();
        toolsReturned = true;
        spoken.end();
        boolean ok = event.text("status", "").equals("success");
        String shown = ok ? event.text("output", "") : event.object("error").text("message", event.text("output", ""));
        listener.toolReturned(calls.end(event.text("tool_id", "")), ok, ToolSummary.oneLine(shown));
    }

    /** The model was asked again: with what its tools returned, or after a result that was none. */
    private void goOn() {
        begun = true;
        worked = true;
        result = null;
        if (toolsReturned) {
            toolsReturned = false;
            requests++;
        }
    }

    private void result(JsonEvent event) {
        if (event.text("status") == null) {
            unknownEvents++;
            return;
        }
        result = event;
        UsageReport told = GeminiUsage.of(event.object("stats"), prices, requests);
        // Of a stream that broke off the client counts nothing, although there was an answer.
        boolean forgotten = worked && told.usage() != null && told.usage().total() == 0;
        usage = forgotten ? UsageReport.UNKNOWN : told;
        spoken.end();
        if (usage.usage() != null) {
            listener.usage(usage);
        }
    }

    @Override
    public boolean concluded() {
        return result != null;
    }

    @Override
    public UsageReport usage() {
        return usage;
    }

    @Override
    public AgentOutcome outcome(ProcessExit exit) {
        spoken.end();
        JsonEvent last = result;
        if (last == null) {
            return GeminiFailures.withoutResult(begun, exit);
        }
        if (last.text("status", "").equals("success")) {
            return ClientOutcomes.finished(text.toString(), text.cut(), usage);
        }
        JsonEvent error = last.object("error");
        return GeminiFailures.of(
                error.text("type", ""), error.text("message", lastError), worked, exit, usage, clock.instant());
    }

    /** Lines that were no JSON object, and objects of unknown types: what a newer client prints. */
    public long unknown() {
        return reader.malformedLines() + unknownEvents;
    }

    /** Fields nobody knows. */
    public long unknownFields() {
        return reader.unknownFields();
    }
}
