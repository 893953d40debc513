/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.ralph.RunId;
import dev.ralph.RunNotFoundException;
import dev.ralph.RunStateException;
import dev.ralph.StopReason;
import dev.ralph.StoreException;
import dev.ralph.spi.Command;
import dev.ralph.spi.StoredCommand;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What a run is told: every command once, in the order of arrival, until the run has ended. */
interface CommandRules extends StoreRules {

    @Test
    default void commandsAreNumberedInTheOrderOfArrival() {
        RunId run = bench().create();
        List<Command> commands = List.of(
                new Command.Pause(),
                new Command.Guide("mind the tests\nand the docs"),
                new Command.Resume(),
                new Command.Cancel());

        for (Command command : commands) {
            long number = bench().store().append(run, UUID.randomUUID(), command);
            assertThat(number).isEqualTo(commands.indexOf(command) + 1);
        }

        List<StoredCommand> stored = bench().other().commands(run, 0);
        assertThat(stored).extracting(StoredCommand::command).isEqualTo(commands);
        assertThat(stored).extracting(StoredCommand::number).containsExactly(1L, 2L, 3L, 4L);
    }

    @Test
    default void commandsAreReadFromAnyNumber() {
        RunId run = bench().create();
        for (int i = 0; i < 5; i++) {
            bench().store().append(run, UUID.randomUUID(), new Command.Pause());
        }

        assertThat(bench().store().commands(run, 3))
                .extracting(StoredCommand::number)
                .containsExactly(4L, 5L);
        assertThat(bench().store().commands(run, 5)).isEmpty();
        assertThat(bench().store().commands(run, 100)).isEmpty();
    }

    @Test
    default void aRepeatedCommandIsAppendedOnce() {
        RunId run = bench().create();
        UUID id = UUID.randomUUID();

        long first = bench().store().append(run, id, new Command.Pause());
        bench().store().append(run, UUID.randomUUID(), new Command.Resume());
        long again = bench().other().append(run, id, new Command.Pause());

        assertThat(again).isEqualTo(first);
        assertThat(bench().store().commands(run, 0)).hasSize(2);
    }

    @Test
    default void aCommandRepeatedAfterTheRunEndedIsStillRecognised() {
        OwnedRun run = bench().createOwned();
        UUID id = UUID.randomUUID();
        long number = bench().store().append(run.id(), id, new Command.Cancel());
        run.step().consuming(number).ending(StopReason.CANCELLED).releasing().committed();

        assertThat(bench().store().append(run.id(), id, new Command.Cancel())).isEqualTo(number);
    }

    @Test
    default void runsCountTheirCommandsApart() {
        RunId mine = bench().create();
        RunId yours = bench().create();
        UUID id = UUID.randomUUID();

        assertThat(bench().store().append(mine, id, new Command.Pause())).isEqualTo(1);
        assertThat(bench().store().append(yours, id, new Command.Pause())).isEqualTo(1);
        assertThat(bench().store().commands(yours, 0)).hasSize(1);
    }

    @Test
    default void aRunNobodyKnowsTakesNoCommands() {
        assertThatExceptionOfType(RunNotFoundException.class)
                .isThrownBy(() ->
                        bench().store().append(RunId.create(Samples.NOW), UUID.randomUUID(), new Command.Cancel()));
    }

    @Test
    default void aRunThatHasEndedTakesNoCommands() {
        OwnedRun ended = bench().createEnded();

        assertThatExceptionOfType(RunStateException.class)
                .isThrownBy(() -> bench().other().append(ended.id(), UUID.randomUUID(), new Command.Guide("more")));
        assertThat(bench().store().commands(ended.id(), 0)).isEmpty();
    }

    @Test
    default void aRetryIsForDeadLettersAndForNobodyElse() {
        OwnedRun alive = bench().createOwned();
        OwnedRun cancelled = bench().createEnded();
        OwnedRun dead = bench().createOwned();
        dead.step().ending(StopReason.DEAD_LETTERED).releasing().committed();

        for (OwnedRun run : List.of(alive, cancelled)) {
            assertThatExceptionOfType(RunStateException.class)
                    .isThrownBy(() -> bench().other().append(run.id(), UUID.randomUUID(), new Command.Retry()));
        }
        assertThatExceptionOfType(RunStateException.class)
                .isThrownBy(() -> bench().other().append(dead.id(), UUID.randomUUID(), new Command.Pause()));
        assertThat(bench().other().append(dead.id(), UUID.randomUUID(), new Command.Retry()))
                .isEqualTo(1);
        assertThat(bench().store().commands(dead.id(), 0))
                .extracting(StoredCommand::command)
                .containsExactly(new Command.Retry());
    }

    @Test
    default void aCommandMakesNoNewVersion() {
        OwnedRun run = bench().createOwned();
        StepDraft step = run.step();

        bench().other().append(run.id(), UUID.randomUUID(), new Command.Pause());

        step.committed();
    }

    @Test
    default void commandsStayUnconsumedUntilAStepSaysOtherwise() {
        OwnedRun run = bench().createOwned();
        bench().other().append(run.id(), UUID.randomUUID(), new Command.Pause());
        bench().other().append(run.id(), UUID.randomUUID(), new Command.Resume());
        assertThat(run.row().commandsThrough()).isZero();

        run.step().consuming(2).committed();
        run.step().committed();

        assertThat(run.row().commandsThrough()).isEqualTo(2);
        assertThat(run.store().commands(run.id(), 0))
                .as("consumed ones can still be read")
                .hasSize(2);
    }

    @Test
    default void aStepThatConsumesWhatIsNotThereOrGivesConsumedOnesBackIsRefused() {
        OwnedRun run = bench().createOwned();
        bench().store().append(run.id(), UUID.randomUUID(), new Command.Pause());
        bench().store().append(run.id(), UUID.randomUUID(), new Command.Resume());
        run.step().consuming(1).committed();

        assertThatExceptionOfType(StoreException.class).isThrownBy(run.step().consuming(0)::commit);
        assertThatExceptionOfType(StoreException.class).isThrownBy(run.step().consuming(3)::commit);
        assertThat(run.row().commandsThrough()).isEqualTo(1);
        assertThat(run.version()).isEqualTo(1);
    }

    @Test
    default void manyWhoAppendAtOnceLeaveNoGap() throws Exception {
        OwnedRun run = bench().createOwned();
        int each = 100;

        List<List<Long>> numbers = Together.run(16, thread -> {
            List<Long> mine = new ArrayList<>();
            for (int i = 0; i < each; i++) {
                Command command = new Command.Guide(thread + "/" + i);
                mine.add(bench().node(thread).append(run.id(), UUID.randomUUID(), command));
            }
            return mine;
        });

        List<StoredCommand> stored = run.store().commands(run.id(), 0);
        assertThat(stored)
                .extracting(StoredCommand::number)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, 16L * each).boxed().toList());
        for (int thread = 0; thread < numbers.size(); thread++) {
            assertThat(numbers.get(thread)).as("each sees its own in order").isSorted();
            for (int i = 0; i < each; i++) {
                int index = Math.toIntExact(numbers.get(thread).get(i)) - 1;
                assertThat(stored.get(index).command()).isEqualTo(new Command.Guide(thread + "/" + i));
            }
        }
    }

    @Test
    default void commandsAndStepsDoNotDisturbEachOther() throws Exception {
        OwnedRun run = bench().createOwned();

        Together.run(4, thread -> {
            for (int i = 0; i < 50; i++) {
                if (thread == 0) {
                    run.step().events(1).committed();
                } else {
                    bench().node(thread).append(run.id(), UUID.randomUUID(), new Command.Pause());
                }
            }
            return thread;
        });

        assertThat(run.version()).isEqualTo(50);
        assertThat(run.store().commands(run.id(), 0)).hasSize(150);
    }

    @Test
    default void aCommandThatRacesWithTheEndIsEitherKeptOrRefused() throws Exception {
        Together.repeat(bench().rounds(), 2, start -> {
            OwnedRun run = bench().createOwned();
            StepDraft end = run.step().ending(StopReason.STALLED).releasing();

            List<Boolean> done = start.go(thread -> thread == 0 ? end.committed() > 0 : isAppended(run.id()));

            assertThat(run.store().commands(run.id(), 0)).hasSize(done.get(1) ? 1 : 0);
        });
    }

    private boolean isAppended(RunId run) {
        try {
            return bench().other().append(run, UUID.randomUUID(), new Command.Pause()) == 1;
        } catch (RunStateException ended) {
            return false;
        }
    }
}
