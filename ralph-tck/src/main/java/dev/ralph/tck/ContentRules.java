/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ralph.AttemptRecord;
import dev.ralph.AttemptStatus;
import dev.ralph.CheckpointRecord;
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

    /** In one field at a time: a check that one field lacks would hide behind another's. */
    private boolean createdWith(String text) {
        boolean all = true;
        for (CreatedField field : CreatedField.values()) {
            all &= createdWith(text, field);
        }
        return all;
    }

    private boolean createdWith(String text, CreatedField field) {
        String unique = (field == CreatedField.TASK ? text : "task") + StoreBench.unique("");
        String tenant = field == CreatedField.TENANT ? text : "tenant";
        String subject = field == CreatedField.SUBJECT ? text : "subject";
        Map<String, String> labels = Map.of("label", field == CreatedField.LABEL ? text : "value");
        NewRun run = Samples.newRun(unique, tenant, subject, labels, List.of("agent-a"), Samples.NOW);
        try {
            bench().create(run);
        } catch (InvalidValueException refused) {
            assertThat(bench().store().find(run.id())).as("%s", field).isEmpty();
            return false;
        }
        RunSnapshot stored = bench().other().findByTask(unique).orElseThrow().snapshot();
        assertThat(stored.id()).isEqualTo(run.id());
        assertThat(stored.taskId()).isEqualTo(unique);
        assertThat(stored.tenant()).isEqualTo(tenant);
        assertThat(stored.subject()).isEqualTo(subject);
        assertThat(stored.labels()).isEqualTo(labels);
        return true;
    }

    private boolean steppedWith(String text) {
        boolean all = true;
        for (StepField field : StepField.values()) {
            all &= steppedWith(text, field);
        }
        return all;
    }

    private boolean steppedWith(String text, StepField bad) {
        OwnedRun run = bench().createOwned();
        run.step().with(new RecordChange.StartAttempt(Samples.started(1, 1))).committed();
        StoredRun before = run.row();
        String detail = bad == StepField.DETAIL ? text : "detail";
        AttemptRecord failed = Samples.ended(
                1, 1, AttemptStatus.FAILED, FailureClass.AGENT_ERROR, bad == StepField.MESSAGE ? text : "message");
        String preview = bad == StepField.PREVIEW ? text : "preview";
        GateRecord gate = new GateRecord(
                1,
                bad == StepField.GATE ? text : "tests",
                false,
                bad == StepField.FEEDBACK ? text : "feedback",
                Duration.ofSeconds(1),
                OutputRecord.kept(bad == StepField.OUTPUT ? text : "output", 1, false));
        CheckpointRecord checkpoint = new CheckpointRecord(
                0,
                0,
                bad == StepField.REF ? text : "refs/ralph/x/1/0",
                bad == StepField.COMMIT ? text : "c0ffee",
                Samples.NOW);
        try {
            run.step()
                    .detail(detail)
                    .with(new RecordChange.SettleAttempt(failed))
                    .with(new RecordChange.AddIteration(Samples.iteration(1, preview)))
                    .with(new RecordChange.AddGate(gate))
                    .with(new RecordChange.AddCheckpoint(checkpoint))
                    .committed();
        } catch (InvalidValueException refused) {
            assertThat(run.row()).as("%s", bad).isEqualTo(before);
            assertThat(run.store().iterations(run.id(), 0, 1)).as("%s", bad).isEmpty();
            return false;
        }
        assertThat(run.row().snapshot().detail()).isEqualTo(detail);
        assertThat(run.store().attempts(run.id(), 1).get(0).message()).isEqualTo(failed.message());
        assertThat(run.store().iterations(run.id(), 0, 1).get(0).outputPreview())
                .isEqualTo(preview);
        assertThat(run.store().gates(run.id())).containsExactly(gate);
        assertThat(run.store().checkpoints(run.id())).containsExactly(checkpoint);
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

    /** Texts a run is created with. */
    enum CreatedField {
        TASK,
        TENANT,
        SUBJECT,
        LABEL
    }

    /** Texts a step writes. */
    enum StepField {
        DETAIL,
        MESSAGE,
        PREVIEW,
        GATE,
        FEEDBACK,
        OUTPUT,
        REF,
        COMMIT
    }
}
