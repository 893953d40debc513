/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.agents.claude.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ralph.Cost;
import dev.ralph.FailureClass;
import dev.ralph.Usage;
import dev.ralph.agents.claude.Recordings;
import dev.ralph.spi.AgentListener;
import dev.ralph.spi.AgentOutcome;
import dev.ralph.spi.UsageReport;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClaudeTranscriptTest {

    private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");

    private final List<UsageReport> streamed = new ArrayList<>();
    private final ClaudeTranscript transcript = transcript(null);

    @Test
    void itConcludesWithAResultUnlessTheClientGoesOn() {
        List<Boolean> concluded = new ArrayList<>();
        for (String line : List.of(
                "{\"type\":\"system\",\"subtype\":\"init\"}",
                "{\"type\":\"result\",\"is_error\":false,\"result\":\"one\"}",
                "{\"type\":\"system\",\"subtype\":\"task_updated\"}",
                "{\"type\":\"system\",\"subtype\":\"init\"}",
                "{\"type\":\"result\",\"is_error\":false,\"result\":\"two\"}",
                "{\"type\":\"assistant\",\"message\":{}}",
                "{\"type\":\"result\",\"is_error\":false,\"result\":\"three\"}",
                "rubbish")) {
            transcript.output(line, false);
            concluded.add(transcript.concluded());
        }

        assertThat(concluded).containsExactly(false, true, true, false, true, false, true, true);
        assertThat(finished().result()).isEqualTo("three");
    }

    @Test
    void ofTwoResultsTheLastCountsAndTheSumIsOfBoth() {
        Recordings.lines("subagent").forEach(line -> transcript.output(line, false));

        assertThat(finished().result()).isEqualTo("answer 4");
        assertThat(finished().usage().usage()).isEqualTo(new Usage(400, 40, 0, 0));
        assertThat(finished().usage().cost().amount()).isEqualByComparingTo("0.0024");
    }

    @Test
    void aMessageInSeveralEventsIsCountedOnce() {
        message("a", 100, 1);
        message("a", 100, 7);
        message("a", 100, 1);
        message("b", 30, 2);

        assertThat(streamed)
                .extracting(UsageReport::usage)
                .containsExactly(new Usage(100, 1, 0, 0), new Usage(100, 7, 0, 0), new Usage(130, 9, 0, 0));
    }

    @Test
    void totalsOfASessionWithoutDifferencesAreReducedByWhatWasSpentBefore() {
        UsageReport before = new UsageReport(new Usage(1000, 50, 200, 300), Cost.estimated(new BigDecimal("0.00654")));
        ClaudeTranscript resumed = transcript(new ClaudeSession("s", before));
        Recordings.lines("session-2-resume").forEach(line -> resumed.output(line, false));

        UsageReport usage = resumed.outcome(TestExit.of(0, true, "")).usage();

        assertThat(usage.usage()).isEqualTo(new Usage(100, 10, 0, 0));
        assertThat(usage.cost().amount()).isEqualByComparingTo("0.0006");
        ClaudeSession next = Objects.requireNonNull(resumed.session());
        assertThat(next.id()).isEqualTo("5f0c3a1e-1111-4222-8333-444455556666");
        assertThat(next.spent().usage()).isEqualTo(new Usage(1100, 60, 200, 300));
    }

    @Test
    void totalsThatShrinkAreUnknown() {
        UsageReport before = new UsageReport(new Usage(9_999, 50, 200, 300), Cost.estimated(BigDecimal.ONE));
        ClaudeTranscript resumed = transcript(new ClaudeSession("s", before));
        Recordings.lines("session-2-resume").forEach(line -> resumed.output(line, false));

        assertThat(resumed.outcome(TestExit.of(0, true, "")).usage()).isEqualTo(UsageReport.UNKNOWN);
    }

    @ParameterizedTest
    @CsvSource({
        // The client's own delays: half a second, doubled, and a quarter at most.
        "1, 500,",
        "1, 625,",
        "1, 626, PT0.626S",
        "1, 1021, PT1.021S",
        "3, 2500,",
        "3, 2501, PT2.501S",
        "7, 40000,",
        "10, 40000,",
        "10, 60000, PT1M",
        "0, 60000,",
    })
    void aDelayLongerThanTheClientsOwnIsWhatTheServiceAsks(int attempt, long delay, @Nullable Duration expected) {
        transcript.output(
                "{\"type\":\"system\",\"subtype\":\"api_retry\",\"attempt\":" + attempt + ",\"retry_delay_ms\":" + delay
                        + ",\"error_status\":429}",
                false);
        rateLimited();

        assertThat(failed().retryAfter()).isEqualTo(expected);
    }

    @Test
    void whatTheServiceAskedBeforeItAnsweredIsOver() {
        transcript.output(
                "{\"type\":\"system\",\"subtype\":\"api_retry\",\"attempt\":1,\"retry_delay_ms\":60000}", false);
        limit("rejected", NOW.plusSeconds(3600).getEpochSecond());
        message("a", 100, 1);
        rateLimited();

        assertThat(failed().retryAfter()).isNull();
    }

    @Test
    void modelsThatAreNoObjectTellNothingOfTheUsage() {
        transcript.output(
                "{\"type\":\"result\",\"is_error\":false,\"result\":\"x\",\"modelUsage\":[],\"model_usage_since_last_result\":[]}",
                false);

        assertThat(finished().usage()).isEqualTo(UsageReport.UNKNOWN);
    }

    @Test
    void aPromptThatIsTooLongIsRejectedButAContextThatGrewTooLongIsAFailureOfTheIteration() {
        String tooLong =
                "{\"type\":\"result\",\"is_error\":true,\"terminal_reason\":\"prompt_too_long\",\"result\":\"too long\"}";
        transcript.output(tooLong, false);
        assertThat(failed().failure()).isEqualTo(FailureClass.PROMPT_REJECTED);

        transcript.output(
                "{\"type\":\"assistant\",\"message\":{\"model\":\"opus\",\"content\":[{\"type\":\"tool_use\",\"id\":\"t\","
                        + "\"name\":\"Read\",\"input\":{}}]}}",
                false);
        transcript.output(tooLong, false);
        assertThat(failed().failure()).isEqualTo(FailureClass.AGENT_ERROR);

        ClaudeTranscript resumed = transcript(new ClaudeSession("s", UsageReport.NOTHING));
        resumed.output(tooLong, false);
        assertThat(((AgentOutcome.Failed) resumed.outcome(TestExit.of(1, true, ""))).failure())
                .isEqualTo(FailureClass.AGENT_ERROR);
    }

    @Test
    void namesOfAMegabyteAreNotKept() {
        String name = "n".repeat(1_000_000);
        long before = inUse();
        for (int call = 0; call < 300; call++) {
            transcript.output(
                    "{\"type\":\"assistant\",\"message\":{\"id\":\"" + call + name + "\",\"model\":\"opus\",\"usage\":"
                            + "{\"input_tokens\":1,\"output_tokens\":1},\"content\":[{\"type\":\"tool_use\",\"id\":\""
                            + call
                            + name + "\",\"name\":\"" + name + "\",\"input\":{}}]}}",
                    false);
        }

        assertThat(inUse() - before).isLessThan(64_000_000);
        assertThat(transcript.concluded()).isFalse();
    }

    @Test
    void aSessionWithANameThatIsNoneIsNotGoneOnWith() {
        transcript.output(
                "{\"type\":\"result\",\"is_error\":false,\"result\":\"x\",\"session_id\":\"--dangerously-skip-permissions\"}",
                false);

        assertThat(transcript.session()).isNull();
    }

    @Test
    void aLimitThatResetsIsWaitedFor() {
        limit("rejected", NOW.plusSeconds(3600).getEpochSecond());
        rateLimited();

        assertThat(failed().failure()).isEqualTo(FailureClass.RATE_LIMITED);
        assertThat(failed().retryAfter()).isEqualTo(Duration.ofHours(1));
    }

    @Test
    void aLimitThatIsOverOrNotReachedIsNotWaitedFor() {
        limit("allowed_warning", NOW.plusSeconds(3600).getEpochSecond());
        limit("rejected", NOW.minusSeconds(1).getEpochSecond());
        limit("rejected", Long.MAX_VALUE);
        limit("rejected", -1);
        rateLimited();

        assertThat(failed().retryAfter()).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "400, AGENT_ERROR",
        "401, AUTHENTICATION",
        "402, AUTHENTICATION",
        "403, AUTHENTICATION",
        "404, INVALID_ARGUMENT",
        "408, OVERLOADED",
        "413, PROMPT_REJECTED",
        "429, RATE_LIMITED",
        "500, OVERLOADED",
        "503, OVERLOADED",
        "529, OVERLOADED",
        "-7, AGENT_ERROR",
    })
    void aStatusOfTheServiceIsAFailureClass(int status, FailureClass expected) {
        transcript.output("{\"type\":\"result\",\"is_error\":true,\"api_error_status\":" + status + "}", false);

        assertThat(failed().failure()).isEqualTo(expected);
        assertThat(failed().message()).isNotBlank();
    }

    @Test
    void aResultThatDoesNotSayWhetherItIsAnErrorIsOne() {
        transcript.output("{\"type\":\"result\",\"subtype\":\"success\",\"result\":\"LOOP_COMPLETE\"}", false);

        assertThat(failed().failure()).isEqualTo(FailureClass.AGENT_ERROR);
    }

    @Test
    void aResultWithoutTextIsAFailureWhateverItSays() {
        transcript.output("{\"type\":\"result\",\"subtype\":\"success\",\"is_error\":false}", false);

        assertThat(failed().failure()).isEqualTo(FailureClass.AGENT_ERROR);
    }

    @Test
    void refusedPermissionsAreNamedInAFailure() {
        transcript.output(
                "{\"type\":\"result\",\"is_error\":true,\"errors\":[\"Reached maximum number of turns (3)\"],"
                        + "\"subtype\":\"error_max_turns\",\"permission_denials\":[{\"tool_name\":\"Bash\"},"
                        + "{\"tool_name\":\"Bash\"},{\"tool_name\":\"Write\"}]}",
                false);

        assertThat(failed().message())
                .isEqualTo("Reached maximum number of turns (3), error_max_turns"
                        + " (permission was refused to Bash, Write)");
    }

    @ParameterizedTest
    @CsvSource({
        "0, true, '', CRASHED",
        "1, true, oops, CRASHED",
        "1, false, '', CRASHED",
        "1, false, error: unknown option, INVALID_ARGUMENT",
        "2, false, oops, CRASHED",
        "126, false, '', NOT_INSTALLED",
        "127, true, '', CRASHED",
        "127, false, '', NOT_INSTALLED",
        "137, false, Killed, CRASHED",
        "143, false, '', CRASHED",
    })
    void withoutAResultTheEndOfTheProcessTells(int code, boolean printed, String errors, FailureClass expected) {
        AgentOutcome.Failed failed = (AgentOutcome.Failed) transcript.outcome(TestExit.of(code, printed, errors));

        assertThat(failed.failure()).isEqualTo(expected);
        assertThat(failed.message()).contains("exit code " + code).endsWith(errors);
    }

    @Test
    void unreadableLinesAreCountedInTheMessage() {
        transcript.output("rubbish", false);
        transcript.output("{\"type\":\"result\"", true);

        assertThat(failed().message()).contains("2 lines");
        assertThat(failed().usage()).isEqualTo(UsageReport.UNKNOWN);
    }

    /** So that news in another version shows. */
    @Test
    void noRecordingHasAFieldOrTypeThatIsUnknown() {
        for (String name : Recordings.names()) {
            ClaudeTranscript read = transcript(null);
            Recordings.lines(name).forEach(line -> read.output(line, false));

            assertThat(read.unknown()).as(name).isZero();
        }
    }

    private void message(String id, int input, int output) {
        transcript.output(
                "{\"type\":\"assistant\",\"message\":{\"id\":\"" + id + "\",\"usage\":{\"input_tokens\":" + input
                        + ",\"output_tokens\":" + output + "}}}",
                false);
    }

    private void limit(String status, long resetsAt) {
        transcript.output(
                "{\"type\":\"rate_limit_event\",\"rate_limit_info\":{\"status\":\"" + status + "\",\"resetsAt\":"
                        + resetsAt + "}}",
                false);
    }

    private void rateLimited() {
        transcript.output("{\"type\":\"result\",\"is_error\":true,\"api_error_status\":429,\"result\":\"no\"}", false);
    }

    private AgentOutcome.Finished finished() {
        return (AgentOutcome.Finished) transcript.outcome(TestExit.of(0, true, ""));
    }

    private AgentOutcome.Failed failed() {
        return (AgentOutcome.Failed) transcript.outcome(TestExit.of(1, true, ""));
    }

    private static long inUse() {
        Runtime runtime = Runtime.getRuntime();
        System.gc();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    private ClaudeTranscript transcript(@Nullable ClaudeSession resumed) {
        AgentListener listener = new AgentListener() {
            @Override
            public void text(String text) {}

            @Override
            public void toolCalled(String tool, String summary) {}

            @Override
            public void toolReturned(String tool, boolean ok, String summary) {}

            @Override
            public void usage(UsageReport report) {
                streamed.add(report);
            }
        };
        return new ClaudeTranscript(listener, InstantSource.fixed(NOW), resumed);
    }
}
