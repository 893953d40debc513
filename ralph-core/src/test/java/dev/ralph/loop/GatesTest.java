/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.loop;

import static dev.ralph.loop.Playground.result;
import static dev.ralph.loop.Playground.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.ralph.ConfigurationException;
import dev.ralph.GateRecord;
import dev.ralph.GateRef;
import dev.ralph.Limits;
import dev.ralph.Orchestrator;
import dev.ralph.OrchestratorBuilder;
import dev.ralph.Run;
import dev.ralph.StopReason;
import dev.ralph.Verification;
import dev.ralph.gate.CommandGate;
import dev.ralph.spi.Gate;
import dev.ralph.spi.GateContext;
import dev.ralph.spi.GateProvider;
import dev.ralph.spi.GateVerdict;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class GatesTest {

    private static final String CLAIM = "cat >>\"$PLAY/prompts\"; echo LOOP_COMPLETE";
    private static final Limits TWICE = Limits.builder().maxIterations(2).build();

    @RegisterExtension
    final Playground play = new Playground();

    @Test
    @Tag("linux")
    void aGateThatHangsIsEndedWithAllItStartedAndRejects() throws Exception {
        Run run = claimTwice(CommandGate.of(List.of("sh", "-c", "PLAY='" + play.folder() + "' sleep 1000 & sleep 1000"))
                .withTimeout(Duration.ofSeconds(1)));

        assertThat(result(run).reason()).isEqualTo(StopReason.MAX_ITERATIONS);
        assertThat(run.gates()).extracting(GateRecord::passed).containsExactly(false, false);
        assertThat(run.gates().get(0).feedback()).contains("WALL_TIMEOUT");
        assertThat(play.alive()).isEmpty();
    }

    @Test
    void aGateThatFloodsRejectsWithTheEndOfItsOutput() throws Exception {
        Run run = claimTwice(Gate.command(
                "sh", "-c", "head -c 30000000 /dev/zero | tr '\\0' 'x' | fold -w 1000; echo the last line; exit 1"));

        assertThat(result(run).reason()).isEqualTo(StopReason.MAX_ITERATIONS);
        String feedback = run.gates().get(0).feedback();
        assertThat(feedback).contains("the last line").hasSizeLessThanOrEqualTo(GateRecord.MAX_FEEDBACK);
    }

    @Test
    void aGateWhoseProgramIsMissingRejectsAndSaysSo() throws Exception {
        Run run = claimTwice(Gate.command("no-such-program"));

        assertThat(result(run).reason()).isEqualTo(StopReason.MAX_ITERATIONS);
        assertThat(run.gates().get(0).feedback()).contains("no-such-program");
    }

    @Test
    void theFirstGateThatRejectsIsTheLastThatRuns() throws Exception {
        Orchestrator ralph = play.start(play.orchestrator(CLAIM));

        Run run = ralph.submit(task(play.directory("w"))
                .gate(CommandGate.of(List.of("true")).withName("first"))
                .gate(CommandGate.of(List.of("false")).withName("second"))
                .gate(CommandGate.of(List.of("touch", play.file("third").toString()))
                        .withName("third"))
                .limits(Limits.builder().maxIterations(1).build())
                .build());

        assertThat(result(run).verification()).isEqualTo(Verification.NONE);
        assertThat(run.gates()).extracting(GateRecord::gate).containsExactly("first", "second");
        assertThat(play.file("third")).doesNotExist();
    }

    @Test
    void aGateThatThrowsRejectsAndTheNextClaimIsCheckedAgain() throws Exception {
        for (Throwable bug : List.of(new IllegalStateException("broken"), new NoClassDefFoundError("broken"))) {
            Run run = claimTwice(play.start(builder(context -> {
                if (bug instanceof Error error) {
                    throw error;
                }
                throw (RuntimeException) bug;
            })));

            assertThat(result(run).reason()).isEqualTo(StopReason.MAX_ITERATIONS);
            assertThat(run.gates()).hasSize(2).allMatch(gate -> gate.feedback().contains("broken"));
        }
    }

    @Test
    @SuppressWarnings("NullAway")
    void aGateWithoutAVerdictRejects() throws Exception {
        Run run = claimTwice(play.start(builder(context -> null)));

        assertThat(result(run).reason()).isEqualTo(StopReason.MAX_ITERATIONS);
        assertThat(run.gates()).extracting(GateRecord::passed).containsExactly(false, false);
    }

    @Test
    void feedbackThatIsCutWithinACharacterOrHoldsANulIsStoredAndDelivered() throws Exception {
        String nasty = "\0" + "🧀".repeat(20_000) + "x";
        Run run = claimTwice(play.start(builder(context -> GateVerdict.reject(nasty))));

        assertThat(result(run).reason()).isEqualTo(StopReason.MAX_ITERATIONS);
        assertThat(run.gates().get(0).feedback())
                .hasSizeLessThanOrEqualTo(GateRecord.MAX_FEEDBACK)
                .startsWith("[…]\n")
                .endsWith("🧀x")
                .doesNotContain("\0");
        assertThat(play.file("prompts")).content().contains("🧀x");
    }

    @Test
    void aGateNobodyCanBuildIsRefusedAtSubmission() {
        Orchestrator ralph = play.start(play.orchestrator(CLAIM));

        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> ralph.submit(task(play.directory("w"))
                        .gate(new GateRef("review", "four eyes", Map.of()))
                        .build()))
                .withMessageContaining("four eyes")
                .withMessageContaining("review")
                .withMessageContaining("command");
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> ralph.submit(task(play.directory("w"))
                        .gate(new GateRef("command", "bad", Map.of("command", "mvn test")))
                        .build()))
                .withMessageContaining("list of strings");
    }

    private Run claimTwice(Gate gate) {
        return play.start(play.orchestrator(CLAIM))
                .submit(task(play.directory("w")).gate(gate).limits(TWICE).build());
    }

    private Run claimTwice(Orchestrator ralph) {
        return ralph.submit(task(play.directory("w"))
                .gate(new GateRef("custom", "custom", Map.of()))
                .limits(TWICE)
                .build());
    }

    @FunctionalInterface
    private interface Check {
        GateVerdict check(GateContext context);
    }

    private OrchestratorBuilder builder(Check check) {
        return play.orchestrator(CLAIM).gate(new GateProvider() {
            @Override
            public String type() {
                return "custom";
            }

            @Override
            public Gate create(GateRef ref) {
                return new Gate() {
                    @Override
                    public GateRef ref() {
                        return ref;
                    }

                    @Override
                    public GateVerdict check(GateContext context) {
                        return check.check(context);
                    }
                };
            }
        });
    }
}
