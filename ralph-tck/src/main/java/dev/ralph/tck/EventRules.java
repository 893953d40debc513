/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.ralph.InvalidValueException;
import dev.ralph.RunId;
import dev.ralph.StoreException;
import dev.ralph.spi.StoredEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** A run's events have no gaps, and a follower can go on from any of them. */
interface EventRules extends StoreRules {

    @Test
    default void eventsComeBackInOrderWithTheirContent() {
        OwnedRun run = bench().createOwned();
        run.step().events(2).committed();
        run.step().events(1).committed();

        assertThat(bench().other().events(run.id(), 0, 10))
                .containsExactly(Samples.event(1), Samples.event(2), Samples.event(3), Samples.event(4));
    }

    @Test
    default void eventsArePagedFromAnyNumber() {
        OwnedRun run = bench().createOwned();
        run.step().events(1_000).committed();

        List<Long> seen = new ArrayList<>();
        List<StoredEvent> page = run.store().events(run.id(), 0, 300);
        while (!page.isEmpty()) {
            assertThat(page).hasSizeLessThanOrEqualTo(300);
            page.forEach(event -> seen.add(event.seq()));
            page = run.store().events(run.id(), seen.get(seen.size() - 1), 300);
        }

        assertThat(seen).hasSize(1_001).isSorted().doesNotHaveDuplicates();
        assertThat(run.store().events(run.id(), 500, 2))
                .extracting(StoredEvent::seq)
                .containsExactly(501L, 502L);
        assertThat(run.store().events(run.id(), 1_001, 10)).isEmpty();
        assertThat(run.store().events(run.id(), 5_000, 10)).isEmpty();
        assertThat(run.row().lastEvent()).isEqualTo(1_001);
    }

    @Test
    default void eventsThatDoNotFollowTheLastAreRefused() {
        OwnedRun run = bench().createOwned();
        run.step().events(1).committed();

        for (List<Long> wrong : List.of(List.of(2L), List.of(4L), List.of(3L, 3L), List.of(3L, 5L))) {
            StepDraft step = run.step();
            wrong.forEach(seq -> step.event(Samples.event(seq)));
            assertThatExceptionOfType(StoreException.class)
                    .as("events %s after 2", wrong)
                    .isThrownBy(step::commit);
        }
        assertThat(run.store().events(run.id(), 0, 10)).containsExactly(Samples.event(1), Samples.event(2));
        assertThat(run.version()).isEqualTo(1);
    }

    @Test
    default void aPageOfNothingIsRefused() {
        RunId run = bench().create();

        assertThatExceptionOfType(InvalidValueException.class)
                .isThrownBy(() -> bench().store().events(run, 0, 0));
        assertThatExceptionOfType(InvalidValueException.class)
                .isThrownBy(() -> bench().store().iterations(run, 0, -1));
    }

    @Test
    default void aReaderNeverSeesAGapOrHalfAStep() throws Exception {
        OwnedRun run = bench().createOwned();
        AtomicBoolean writing = new AtomicBoolean(true);

        List<Integer> mostSeen = Together.run(2, thread -> {
            if (thread == 0) {
                try {
                    for (int i = 0; i < 100; i++) {
                        run.step().events(3).committed();
                    }
                } finally {
                    writing.set(false);
                }
                return 301;
            }
            int seen = 0;
            while (writing.get()) {
                List<StoredEvent> events = bench().other().events(run.id(), 0, 1_000);
                seen = events.size();
                assertThat(seen % 3)
                        .as("a step of 3 events is there or not: %d", seen)
                        .isEqualTo(1);
                assertThat(events.get(seen - 1).seq()).isEqualTo(seen);
            }
            return seen;
        });

        assertThat(mostSeen.get(1)).isLessThanOrEqualTo(301);
        assertThat(run.store().events(run.id(), 0, 1_000)).hasSize(301);
    }
}
