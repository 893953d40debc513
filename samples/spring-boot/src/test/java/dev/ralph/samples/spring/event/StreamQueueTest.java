/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.spring.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ralph.RunId;
import dev.ralph.StopReason;
import dev.ralph.Verification;
import dev.ralph.event.StateEvent;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StreamQueueTest {

    private static final RunId RUN = RunId.create(Instant.EPOCH);

    @Test
    void itBeginsByReadingWhatIsStored() {
        StreamQueue queue = new StreamQueue(2);
        queue.state(event(3), bytes("3"));
        assertThat(queue.poll()).isNull();
        assertThat(queue.beginReading()).isTrue();
        assertThat(queue.beginReading()).as("one at a time").isFalse();
        queue.caughtUp(List.of(event(3)), true, event -> bytes("3"));
        queue.state(event(3), bytes("twice"));
        queue.state(event(4), bytes("4"));
        assertThat(drain(queue)).containsExactly("3", "4");
    }

    @Test
    void whatComesWhileItReadsIsReadNext() {
        StreamQueue queue = new StreamQueue(0);
        assertThat(queue.beginReading()).isTrue();
        queue.state(event(1), bytes("1"));
        queue.caughtUp(List.of(), true, event -> bytes("none"));
        assertThat(queue.beginReading()).isTrue();
        queue.caughtUp(List.of(event(1)), true, event -> bytes("1"));
        assertThat(drain(queue)).containsExactly("1");
        assertThat(queue.beginReading()).isFalse();
    }

    @Test
    void whatDoesNotFitIsReadOnceTheRestIsWritten() {
        StreamQueue queue = caughtUp();
        byte[] large = new byte[100 * 1024];
        queue.state(event(1), large);
        queue.state(event(2), large);
        queue.state(event(3), bytes("small, but not before its time"));
        queue.activity(bytes("activity"));
        assertThat(queue.beginReading()).as("not while something waits").isFalse();
        assertThat(queue.poll()).isSameAs(large);
        assertThat(queue.poll()).isNull();
        assertThat(queue.beginReading()).isTrue();
        assertThat(queue.last()).isEqualTo(1);
        queue.caughtUp(List.of(event(2), event(3)), true, event -> bytes("event " + event.seq()));
        assertThat(drain(queue)).containsExactly("event 2", "event 3");
    }

    @Test
    void activityThatDoesNotFitIsDropped() {
        StreamQueue queue = caughtUp();
        for (int i = 0; i < 1000; i++) {
            queue.activity(new byte[1024]);
        }
        int kept = drain(queue).size();
        assertThat(kept).isEqualTo(128);
    }

    @Test
    void itIsFinishedOnceTheEndIsTaken() {
        StreamQueue queue = caughtUp();
        queue.state(
                new StateEvent.RunEnded(RUN, 1, Instant.EPOCH, StopReason.COMPLETED, Verification.NONE, null),
                bytes("end"));
        assertThat(queue.finished()).isFalse();
        drain(queue);
        assertThat(queue.finished()).isTrue();
        queue.state(new StateEvent.RunRetried(RUN, 2, Instant.EPOCH), bytes("again"));
        drain(queue);
        assertThat(queue.finished()).as("it goes on").isFalse();
    }

    private static StreamQueue caughtUp() {
        StreamQueue queue = new StreamQueue(0);
        assertThat(queue.beginReading()).isTrue();
        queue.caughtUp(List.of(), true, event -> bytes("none"));
        return queue;
    }

    private static StateEvent event(long seq) {
        return new StateEvent.RunPaused(RUN, seq, Instant.EPOCH);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static List<String> drain(StreamQueue queue) {
        List<String> messages = new ArrayList<>();
        for (byte[] message = queue.poll(); message != null; message = queue.poll()) {
            messages.add(new String(message, StandardCharsets.UTF_8));
        }
        return messages;
    }
}
