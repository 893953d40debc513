/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.spring.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
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
}
