/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.agents.claude.internal;

import dev.ralph.Cost;
import dev.ralph.FailureClass;
import dev.ralph.Usage;
import dev.ralph.agent.cli.ClientOutcomes;
import dev.ralph.agent.cli.ClientTranscript;
import dev.ralph.agent.cli.JsonEvent;
import dev.ralph.agent.cli.JsonEventReader;
import dev.ralph.process.ProcessExit;
import dev.ralph.spi.AgentListener;
import dev.ralph.spi.AgentOutcome;
import dev.ralph.spi.UsageReport;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads what one launch of the client prints. It concludes with a result, unless the client goes on with a turn after it
 * (a subagent in the background came back); then the last result counts.
 */
public final class ClaudeTranscript implements ClientTranscript {

    private static final Logger LOG = LoggerFactory.getLogger(ClaudeTranscript.class);

    /** The client puts errors of its own into messages of this model. */
    private static final String SYNTHETIC = "<synthetic>";

    /** What goes into an argument of the next launch must be what it says, whoever wrote it to the client's output. */
    private static final Pattern SESSION = Pattern.compile("[0-9A-Fa-f-]{36}");

    private final AgentListener listener;
    private final InstantSource clock;
    private final JsonEventReader reader = new JsonEventReader(ClaudeEvents.SHAPE);
    private final StreamedUsage streamed = new StreamedUsage();
    private final ResultUsage reported;
    private final ToolNames tools = new ToolNames();
    private final RetryHints retries = new RetryHints();
    private @Nullable JsonEvent result;
    private boolean worked;
    private boolean concluded;
    private boolean begun;
    private @Nullable String sessionId;
    private String error = "";
    private long events;
    private long unknownEvents;

    /**
     * Reads one launch.
     *
     * @param listener told of text, tools and usage
     * @param clock tells how far away the reset of a limit is
     * @param resumed the session it goes on with, or null
     */
    public ClaudeTranscript(AgentListener listener, InstantSource clock, @Nullable ClaudeSession resumed) {
        this.listener = listener;
        this.clock = clock;
        this.worked = resumed != null;
        this.reported = resumed == null ? ResultUsage.fresh() : new ResultUsage(resumed.spent());
    }

    @Override
    public void output(String line, boolean cut) {
        JsonEvent event = reader.read(line, cut);
        if (event == null) {
            return;
        }
        events++;
        String session = event.text("session_id");
        sessionId = session == null ? sessionId : session;
        retries.limit(event.object("rate_limit_info"));
        String type = event.text("type", "");
        switch (type) {
            case "system" -> system(event);
            case "assistant" -> assistant(event);
            case "user" -> user(event);
            case "result" -> result(event);
            default -> unknownEvents += ClaudeEvents.KNOWN_TYPES.contains(type) ? 0 : 1;
        }
    }

    @Override
    public boolean concluded() {
        return concluded;
    }

    @Override
    public AgentOutcome outcome(ProcessExit exit) {
        logCounts();
        JsonEvent last = result;
        if (last == null) {
            return withoutResult(exit);
        }
        UsageReport usage = reported.launch();
        Usage sum = streamed.sum();
        if (usage.usage() != null && sum != null) {
            // What was counted on the way was used, also if a result that breaks off knows nothing of it.
            usage = usage.highest(new UsageReport(sum, Cost.UNKNOWN));
        }
        String text = last.text("result");
        if (text != null && !last.flag("is_error", true)) {
            return ClientOutcomes.finished(text, false, usage);
        }
        FailureClass failure = ClaudeFailure.classOf(last, error, worked);
        Duration retryAfter = failure.isTransient() ? retries.retryAfter(clock.instant()) : null;
        return ClientOutcomes.failed(failure, ClaudeFailure.messageOf(last) + refused(last), retryAfter, usage);
    }

    /** The session to go on with, or null if the client named none or gave no result in it. */
    public @Nullable ClaudeSession session() {
        return sessionId == null
                        || result == null
                        || !SESSION.matcher(sessionId).matches()
                ? null
                : new ClaudeSession(sessionId, reported.session());
    }

    /** Whether the client came as far as to open its session. */
    public boolean begun() {
        return begun;
    }

    /** Events and fields so far that this version of the adapter does not know. */
    long unknown() {
        return unknownEvents + reader.unknownFields();
    }

    private void system(JsonEvent event) {
        String subtype = event.text("subtype", "");
        if (subtype.equals("init")) {
            begun = true;
            concluded = false;
        } else if (subtype.equals("api_retry")) {
            retries.retry(event);
        }
    }

    private void assistant(JsonEvent event) {
        concluded = false;
        error = event.text("error", error);
        JsonEvent message = event.object("message");
        if (message.text("model", "").equals(SYNTHETIC)) {
            return;
        }
        retries.answered();
        for (JsonEvent block : message.objects("content")) {
            String type = block.text("type", "");
            String text = block.text("text");
            if (type.equals("text") && text != null) {
                listener.text(text + "\n");
            } else if (type.equals("tool_use")) {
                worked = true;
                listener.toolCalled(tools.called(block), ToolNames.summary(block));
            }
        }
        Usage sum = streamed.add(message);
        if (sum != null) {
            listener.usage(new UsageReport(sum, Cost.UNKNOWN));
        }
    }

    private void user(JsonEvent event) {
        concluded = false;
        Set<String> refused = refusedCalls(event);
        for (JsonEvent block : event.object("message").objects("content")) {
            if (block.text("type", "").equals("tool_result")) {
                boolean denied = refused.contains(block.text("tool_use_id", ""));
                listener.toolReturned(
                        tools.returned(block),
                        !block.flag("is_error", false),
                        (denied ? "permission refused: " : "") + ToolNames.outcome(block));
            }
        }
    }

    private void result(JsonEvent event) {
        result = event;
        concluded = true;
        reported.add(event);
    }

    private static Set<String> refusedCalls(JsonEvent event) {
        Set<String> refused = new LinkedHashSet<>();
        for (JsonEvent meta : event.objects("tool_result_meta")) {
            if (meta.object("permission_decision").text("decision", "").equals("reject")) {
                refused.add(meta.text("id", ""));
            }
        }
        return refused;
    }

    private static String refused(JsonEvent result) {
        Set<String> names = new LinkedHashSet<>();
        result.objects("permission_denials").forEach(denial -> names.add(denial.text("tool_name", "unknown")));
        return names.isEmpty() ? "" : " (permission was refused to " + String.join(", ", names) + ")";
    }

    private AgentOutcome withoutResult(ProcessExit exit) {
        int code = exit.exitCode().orElse(0);
        String message = ClientOutcomes.withLastErrorLine("it ended with exit code " + code + " and no result", exit);
        boolean silent = exit.stdout().bytes() == 0;
        if (silent && (code == 126 || code == 127)) {
            return ClientOutcomes.failed(FailureClass.NOT_INSTALLED, message, UsageReport.NOTHING);
        }
        // Its usage errors are on standard error only, and in prose: they are known by what else is missing.
        if (silent && code == 1 && exit.stderr().bytes() > 0) {
            return ClientOutcomes.failed(FailureClass.INVALID_ARGUMENT, message, UsageReport.NOTHING);
        }
        long malformed = reader.malformedLines();
        return ClientOutcomes.failed(
                FailureClass.CRASHED,
                malformed == 0 ? message : message + "; " + malformed + " lines of its output could not be read",
                UsageReport.UNKNOWN);
    }

    private void logCounts() {
        if (reader.malformedLines() > 0) {
            LOG.warn(
                    "{} lines of Claude's output were no JSON or too long, beside {} events",
                    reader.malformedLines(),
                    events);
        }
        if (unknownEvents > 0 || reader.unknownFields() > 0) {
            LOG.debug(
                    "Of {} events of Claude {} were of unknown types, and {} fields were unknown",
                    events,
                    unknownEvents,
                    reader.unknownFields());
        }
    }
}
