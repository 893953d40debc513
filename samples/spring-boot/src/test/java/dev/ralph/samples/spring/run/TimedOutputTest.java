/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.spring.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class TimedOutputTest {

    private final ByteArrayOutputStream sent = new ByteArrayOutputStream();

    @Test
    void anOutputIsSentWhileThereIsTime() throws IOException {
        try (TimedOutput output = new TimedOutput(sent, Duration.ofHours(1))) {
            output.write("all".getBytes(StandardCharsets.UTF_8));
        }
        assertThat(sent.toString(StandardCharsets.UTF_8)).isEqualTo("all");
    }

    @Test
    void oneThatTakesTooLongIsCutOff() {
        TimedOutput output = new TimedOutput(sent, Duration.ofNanos(-1));
        assertThatThrownBy(() -> output.write(1)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> output.write(new byte[2], 0, 2)).isInstanceOf(IOException.class);
    }

    @Test
    void alsoOneThatIsWrittenAtOnceAndTakenSlowly() {
        Duration patience = Duration.ofMillis(20);
        OutputStream slow = new OutputStream() {
            @Override
            public void write(int b) {
                sent.write(b);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) {
                long begin = System.nanoTime();
                while (System.nanoTime() - begin <= patience.toNanos()) {
                    Thread.onSpinWait();
                }
                sent.write(bytes, offset, length);
            }
        };
        TimedOutput output = new TimedOutput(slow, patience);

        assertThatThrownBy(() -> output.write(new byte[1_000_000])).isInstanceOf(IOException.class);

        assertThat(sent.size()).isBetween(1, 100_000);
    }
}
