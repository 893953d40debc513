/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.real;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ralph.CostKind;
import dev.ralph.GateRecord;
import dev.ralph.IterationRecord;
import dev.ralph.Run;
import dev.ralph.RunResult;
import dev.ralph.StopReason;
import dev.ralph.Verification;
import dev.ralph.event.ActivityEvent;
import dev.ralph.event.StateEvent;
import dev.ralph.real.server.Script;
import dev.ralph.real.server.ServedRequest;
import dev.ralph.real.server.Turn;
import dev.ralph.spi.Gate;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** That an agent's work counts, and its word does not. */
interface WorkRules extends BenchRules {

    @Test
    default void aFileIsEditedOverSeveralIterationsUntilTheGatePasses() throws Exception {
        bench().server()
                .play(Script.of(bench().step(0, 1, "One of three is done."))
                        .then(bench().step(1, 2, "Two of three are done."))
                        .then(bench().step(2, 3, "All three are done.\nLOOP_COMPLETE")));
        int requestsOfOneIteration = bench().step(0, 1, "").size();

        Run run = bench().submit(bench().spec("Count to three in work.txt, one step at a time.")
                .agent(bench().client().agent())
                .gate(Gate.command("grep", "-qx", "step 3", Workspace.FILE)));
        RunResult result = bench().end(run);

        assertThat(result.reason()).as(bench().heard().text()).isEqualTo(StopReason.COMPLETED);
        assertThat(result.verification()).isEqualTo(Verification.VERIFIED);
        assertThat(result.iterations()).isEqualTo(3);
        assertThat(result.attempts()).isEqualTo(3);
        assertThat(bench().workspace().content()).isEqualTo("step 3\n");
        assertThat(run.iterations(0, 10)).extracting(IterationRecord::claimed).containsExactly(false, false, true);
        assertThat(run.iterations(0, 10)).allMatch(IterationRecord::workspaceChanged);
        assertThat(run.checkpoints()).hasSizeGreaterThanOrEqualTo(3);

        List<ServedRequest> requests = bench().server().turns();
        assertThat(requests).hasSize(3 * requestsOfOneIteration);
        assertThat(requests).allMatch(request -> request.text().contains("Count to three in work.txt"));
        // Each iteration is a session of its own: it does not know what was said in the one before.
        assertThat(requests.get(requestsOfOneIteration).text()).doesNotContain("One of three is done.");

        int tokens = 100 + 10;
        assertThat(result.usage().total()).isEqualTo((long) tokens * requests.size());
        assertThat(result.spend().estimated()).isPositive();
        assertThat(result.spend().total()).isEqualByComparingTo(result.spend().estimated());
        assertThat(bench().heard().all(StateEvent.AttemptSettled.class))
                .extracting(settled -> settled.cost().kind())
                .containsOnly(CostKind.ESTIMATED);
        assertThat(written()).contains("One of three is done.").contains("All three are done.");
        assertThat(bench().heard().all(ActivityEvent.ToolCalled.class)).hasSize(3 * (requestsOfOneIteration - 1));
        assertThat(bench().heard().all(ActivityEvent.ToolReturned.class))
                .hasSize(3 * (requestsOfOneIteration - 1))
                .allMatch(ActivityEvent.ToolReturned::ok);
    }

    @Test
    default void aFalseClaimIsRejectedAndTheAgentIsToldWhy() throws Exception {
        bench().server()
                .play(Script.of(Turn.says("I have done all of it.\nLOOP_COMPLETE"))
                        .then(bench().step(0, 1, "Now it is done.\nLOOP_COMPLETE")));

        Path check = Files.writeString(
                bench().folder().resolve("check.sh"),
                "grep -qx 'step 1' work.txt || { echo 'expected-but-missing: step 1'; exit 3; }\n");

        Run run = bench().submit(bench().spec("Make it step 1.")
                .agent(bench().client().agent())
                .gate(Gate.command("sh", check.toString())));
        RunResult result = bench().end(run);

        assertThat(result.reason()).as(bench().heard().text()).isEqualTo(StopReason.COMPLETED);
        assertThat(result.verification()).isEqualTo(Verification.VERIFIED);
        assertThat(result.iterations()).isEqualTo(2);
        assertThat(run.gates()).extracting(GateRecord::passed).containsExactly(false, true);
        assertThat(bench().heard().all(StateEvent.ClaimRejected.class)).hasSize(1);
        assertThat(bench().server().turns().get(0).text()).doesNotContain("expected-but-missing");
        assertThat(bench().server().turns().get(1).text()).contains("expected-but-missing: step 1");
    }

    @Test
    default void whatTheModelQuotesFromTheTaskIsNoClaim() throws Exception {
        bench().server()
                .play(Script.of(Turn.says("I am to say LOOP_COMPLETE at the end.\nLOOP_COMPLETE is not true yet.")
                                .thinking("LOOP_COMPLETE"))
                        .then(bench().step(0, 1, "It is done.\nLOOP_COMPLETE")));

        RunResult result = bench().run(bench().spec("Make it step 1. Say LOOP_COMPLETE at the end."));

        assertThat(result.reason()).as(bench().heard().text()).isEqualTo(StopReason.COMPLETED);
        assertThat(result.verification()).isEqualTo(Verification.UNVERIFIED);
        assertThat(result.iterations()).isEqualTo(2);
    }

    @Test
    default void aToolThatIsNotAllowedDoesNotRun() throws Exception {
        Path forbidden = bench().workspace().path().resolve("forbidden");
        bench().server()
                .play(Script.of(
                        bench().client().runs("sh -c 'date > " + forbidden + "'"),
                        Turn.says("I could not.\nLOOP_COMPLETE")));

        RunResult result = bench().run(bench().spec("Run it."));

        assertThat(result.reason()).as(bench().heard().text()).isEqualTo(StopReason.COMPLETED);
        assertThat(forbidden).doesNotExist();
        assertThat(bench().heard().all(ActivityEvent.ToolReturned.class)).noneMatch(ActivityEvent.ToolReturned::ok);
        assertThat(bench().server().turns()).hasSize(2);
    }

    private String written() {
        StringBuilder text = new StringBuilder();
        bench().heard().all(ActivityEvent.TextWritten.class).forEach(event -> text.append(event.text()));
        return text.toString();
    }
}
