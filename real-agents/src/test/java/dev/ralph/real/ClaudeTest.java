/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.real;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ralph.AgentRef;
import dev.ralph.Limits;
import dev.ralph.LimitsBuilder;
import dev.ralph.RunResult;
import dev.ralph.StopReason;
import dev.ralph.event.StateEvent;
import dev.ralph.real.client.ClaudeClient;
import dev.ralph.real.client.Installation;
import dev.ralph.real.server.Block;
import dev.ralph.real.server.Script;
import dev.ralph.real.server.ServedRequest;
import dev.ralph.real.server.Tokens;
import dev.ralph.real.server.Turn;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Claude Code, which says what it used while it works, has a budget of its own and can go on with a session. */
class ClaudeTest extends RealClientRules {

    ClaudeTest(Installation installation) {
        super(new ClaudeClient(installation));
    }

    @Test
    void theCostLimitStopsAnIterationInItsMiddle() throws Exception {
        bench().server().play(Script.forEver(endless()));

        RunResult result = bench().run(bench().spec(
                        "Write without end.", limits().maxCost("1.00").build()));

        assertThat(result.reason()).as(bench().heard().text()).isEqualTo(StopReason.MAX_COST);
        assertThat(result.attempts()).isEqualTo(1);
        // A request costs 0.42 at the list price the client knows: the third goes over, and one more may be under way.
        assertThat(result.spend().total()).isBetween(new BigDecimal("1.00"), new BigDecimal("1.70"));
        assertThat(bench().server().turns()).hasSizeBetween(3, 4);
    }

    @Test
    void theTokenLimitStopsAnIterationInItsMiddle() throws Exception {
        bench().server().play(Script.forEver(endless()));

        RunResult result = bench().run(bench().spec(
                        "Write without end.", limits().maxTokens(500_000L).build()));

        assertThat(result.reason()).as(bench().heard().text()).isEqualTo(StopReason.MAX_TOKENS);
        assertThat(result.attempts()).isEqualTo(1);
        assertThat(result.usage().total() + result.unknownTokens()).isBetween(500_000L, 1_000_000L);
        assertThat(bench().server().turns()).hasSizeBetween(5, 9);
    }

    @Test
    void aSessionThatGoesOnIsChargedOnceForWhatItCost() throws Exception {
        bench().server()
                .play(Script.of(
                        Turn.says("The first iteration chose the word heliotrope."),
                        Turn.says("The second remembers it.\nLOOP_COMPLETE")));

        RunResult result = bench().end(bench().submit(bench().spec("Choose a word.")
                .agent(new AgentRef(bench().client().id(), Map.of("resumeSession", true)))));

        assertThat(result.reason()).as(bench().heard().text()).isEqualTo(StopReason.COMPLETED);
        List<ServedRequest> requests = bench().server().turns();
        assertThat(requests).hasSize(2);
        assertThat(requests.get(1).text()).contains("heliotrope");
        assertThat(result.usage().total()).isEqualTo(2 * 110L);
        List<StateEvent.AttemptSettled> settled = bench().heard().all(StateEvent.AttemptSettled.class);
        assertThat(settled.get(1).cost().amount())
                .isEqualByComparingTo(settled.get(0).cost().amount());
    }

    @Test
    void aCommandLeftInTheBackgroundNeitherDelaysNorSurvivesItsIteration() throws Exception {
        Path there = bench().workspace().path().resolve("there");
        bench().server()
                .play(Script.of(
                        Turn.calls(new Block.ToolCall(
                                "Bash",
                                Map.of(
                                        "command",
                                        "touch " + there + " && tail -f " + there,
                                        "description",
                                        "Follow it",
                                        "run_in_background",
                                        true))),
                        Turn.says("It runs on.\nLOOP_COMPLETE")));

        RunResult result = bench().end(bench().submit(
                        bench().spec("Follow it.").agent(bench().client().agentWithShell())));

        assertThat(result.reason()).as(bench().heard().text()).isEqualTo(StopReason.COMPLETED);
        // The client itself would wait for the command, for half a minute and more.
        assertThat(result.runtime()).isLessThan(Duration.ofSeconds(20));
        assertThat(there).exists();
        bench().assertNothingLeft();
    }

    @Test
    void whatTheUserHasSetUpForThemselvesStaysOut() throws Exception {
        Path leaked = bench().folder().resolve("leaked");
        Files.writeString(
                Files.createDirectories(bench().folder().resolve(".claude")).resolve("settings.json"),
                """
                {"hooks": {"UserPromptSubmit": [{"hooks": [{"type": "command", "command": "touch %s"}]}]}}
                """.formatted(leaked));
        bench().server().play(Script.forEver(Turn.says("Done.\nLOOP_COMPLETE")));

        bench().run(bench().spec("Do nothing."));
        assertThat(leaked).doesNotExist();

        AgentRef withTheirs = new AgentRef(bench().client().id(), Map.of("settingSources", List.of("user", "project")));
        bench().end(bench().submit(bench().spec("Do nothing.").agent(withTheirs)));
        assertThat(leaked).as("the hook works where it is asked for").exists();
    }

    private Turn.Answer endless() {
        return bench().client()
                .writes(bench().workspace().path().resolve("more.txt"), "more\n")
                .using(Tokens.of(100_000, 1_000));
    }

    private static LimitsBuilder limits() {
        return Limits.builder().maxIterations(5).maxRuntime(Bench.PATIENCE);
    }
}
