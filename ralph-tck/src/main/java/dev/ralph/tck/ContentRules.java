/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ralph.AttemptRecord;
import dev.ralph.AttemptStatus;
import dev.ralph.FailureClass;
import dev.ralph.GateRecord;
import dev.ralph.InvalidValueException;
import dev.ralph.OutputRecord;
import dev.ralph.RunId;
import dev.ralph.RunSnapshot;
import dev.ralph.spi.Command;
import dev.ralph.spi.NewRun;
import dev.ralph.spi.Payload;
import dev.ralph.spi.RecordChange;
import dev.ralph.spi.StoredCommand;
import dev.ralph.spi.StoredEvent;
import dev.ralph.spi.StoredRun;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bytes come back as they went in; so does text, or it is refused before anything is written. */
interface ContentRules extends StoreRules {

    @Test
    default void payloadsComeBackByteForByte() {
        byte[] everyValue = new byte[256];
        for (int i = 0; i < everyValue.length; i++) {
            everyValue[i] = (byte) i;
        }
        byte[] tenMegabytes = new byte[10_000_000];
        new Random(42).nextBytes(tenMegabytes);

        for (byte[] bytes : List.of(new byte[0], new byte[] {0}, everyValue, tenMegabytes)) {
            assertStored(new Payload(Samples.STATE_VERSION, bytes));
        }
    }

    @Test
    default void textOfTheLengthsRalphAllowsIsStored() {
        OwnedRun run = bench().createOwned();
        String preview = "ä".repeat(4_000);
        String feedback = "€".repeat(GateRecord.MAX_FEEDBACK);
        String guidance = "x".repeat(100_000);

        run.step()
                .with(new RecordChange.AddIteration(Samples.iteration(1, preview)))
                .with(new RecordChange.AddGate(new GateRecord(1, "tests", false, feedback, Duration.ZERO, null)))
                .committed();
        run.store().append(run.id(), UUID.randomUUID(), new Command.Guide(guidance));
        RunId labelled = bench().create(Samples.newRun(
                "t".repeat(255),
                "n".repeat(255),
                "s".repeat(255),
                Map.of("k".repeat(255), "v".repeat(255)),
                List.of(),
                Samples.NOW));

        assertThat(run.store().iterations(run.id(), 0, 1).get(0).outputPreview())
                .isEqualTo(preview);
        assertThat(run.store().gates(run.id()).get(0).feedback()).isEqualTo(feedback);
        assertThat(run.store().commands(run.id(), 0).get(0).command()).isEqualTo(new Command.Guide(guidance));
        assertThat(bench().row(labelled).snapshot().labels())
                .containsExactly(Map.entry("k".repeat(255), "v".repeat(255)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'; DROP TABLE runs; --",
                "\"quoted\" 'quoted' `quoted` \\ %s %n ${x} {0} ?",
                "line\nline\r\nline\ttab",
                " blanks around ",
                "",
                "👩‍👩‍👧‍👦 😀 e\u0301 \u202E right to left",
                "\uFEFF\uFFFE\uFFFF",
                "\u0001\u001B[31m\u007F\u0085"
            })
    default void oddTextIsStoredFaithfully(String text) {
        assertThat(storedOrRefused(text))
                .as("text that every database can hold")
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"nul \u0000 inside", "\u0000"})
    default void textWithNulIsStoredFaithfullyOrRefused(String text) {
        storedOrRefused(text);
    }

    @Test
    default void textWithAnUnpairedSurrogateIsStoredFaithfullyOrRefused() {
        storedOrRefused("high \uD83D alone");
        storedOrRefused("low \uDE00 alone");
    }

    private void assertStored(Payload payload) {
        OwnedRun run = bench().claim(bench().create(Samples.withPayloads(payload, payload)));
        assertThat(run.row().spec().equals(payload)).as("spec of %s", payload).isTrue();
        assertThat(run.row().state().equals(payload)).as("state of %s", payload).isTrue();

        run.step()
                .state(payload)
                .event(new StoredEvent(2, "tck.event", Samples.NOW, payload))
                .committed();

        StoredRun row = bench().other().find(run.id()).orElseThrow();
        assertThat(row.state().equals(payload))
                .as("state of %s after a step", payload)
                .isTrue();
        assertThat(row.spec().equals(payload))
                .as("spec of %s after a step", payload)
                .isTrue();
        StoredEvent event = bench().other().events(run.id(), 1, 1).get(0);
        assertThat(event.payload().equals(payload)).as("event of %s", payload).isTrue();
    }

    /** Whether every text field took the text; one that did not must have refused it before writing anything. */
    private boolean storedOrRefused(String text) {
        return !List.of(createdWith(text), steppedWith(text), toldWith(text)).contains(false);
    }

    private boolean createdWith(String text) {
        String unique = text + StoreBench.unique("");
        NewRun run = Samples.newRun(unique, text, text, Map.of("label", text), List.of("agent-a"), Samples.NOW);
        try {
            bench().create(run);
        } catch (InvalidValueException refused) {
            assertThat(bench().store().find(run.id())).isEmpty();
            return false;
        }
        RunSnapshot stored = bench().other().findByTask(unique).orElseThrow().snapshot();
        assertThat(stored.id()).isEqualTo(run.id());
        assertThat(stored.taskId()).isEqualTo(unique);
        assertThat(stored.tenant()).isEqualTo(text);
        assertThat(stored.subject()).isEqualTo(text);
        assertThat(stored.labels()).isEqualTo(Map.of("label", text));
        return true;
    }

    private boolean steppedWith(String text) {
        OwnedRun run = bench().createOwned();
        run.step().with(new RecordChange.StartAttempt(Samples.started(1, 1))).committed();
        StoredRun before = run.row();
        AttemptRecord failed = Samples.ended(1, 1, AttemptStatus.FAILED, FailureClass.AGENT_ERROR, text);
        GateRecord gate =
                new GateRecord(1, "tests", false, text, Duration.ofSeconds(1), OutputRecord.kept(text, 1, false));
        try {
            run.step()
                    .detail(text)
                    .with(new RecordChange.SettleAttempt(failed))
                    .with(new RecordChange.AddIteration(Samples.iteration(1, text)))
                    .with(new RecordChange.AddGate(gate))
                    .committed();
        } catch (InvalidValueException refused) {
            assertThat(run.row()).isEqualTo(before);
            assertThat(run.store().iterations(run.id(), 0, 1)).isEmpty();
            return false;
        }
        assertThat(run.row().snapshot().detail()).isEqualTo(text);
        assertThat(run.store().attempts(run.id(), 1).get(0).message()).isEqualTo(text);
        assertThat(run.store().iterations(run.id(), 0, 1).get(0).outputPreview())
                .isEqualTo(text);
        assertThat(run.store().gates(run.id())).containsExactly(gate);
        return true;
    }

    private boolean toldWith(String text) {
        RunId run = bench().create();
        try {
            bench().store().append(run, UUID.randomUUID(), new Command.Guide(text));
        } catch (InvalidValueException refused) {
            assertThat(bench().store().commands(run, 0)).isEmpty();
            return false;
        }
        assertThat(bench().other().commands(run, 0))
                .extracting(StoredCommand::command)
                .containsExactly(new Command.Guide(text));
        return true;
    }
}
