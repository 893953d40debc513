/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ralph.InvalidValueException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProcessSpecTest {

    private static final Path HERE = Path.of("");

    @Test
    void aNulInAnArgumentIsRefusedByItsPosition() {
        assertThatThrownBy(() ->
                        ProcessSpec.builder("cat", "a", "b\0c").directory(HERE).build())
                .isInstanceOf(InvalidValueException.class)
                .hasMessage(
                        "command[2] 'b\\0c' must not contain a NUL character; pass binary data by a file or standard"
                                + " input");
    }

    @Test
    void anEmptyCommandIsRefused() {
        assertThatThrownBy(() -> ProcessSpec.builder(List.of()).directory(HERE).build())
                .isInstanceOf(InvalidValueException.class);
        assertThatThrownBy(() -> ProcessSpec.builder(" ").directory(HERE).build())
                .isInstanceOf(InvalidValueException.class);
    }

    @Test
    void theDirectoryIsRequiredAndMadeAbsolute() {
        assertThatThrownBy(() -> ProcessSpec.builder("cat").build()).hasMessage("directory");
        assertThat(ProcessSpec.builder("cat").directory(HERE).build().directory())
                .isAbsolute();
    }

    @Test
    void nothingConfidentialIsPrinted() {
        ProcessSpec spec = ProcessSpec.builder("cat", "argument")
                .directory(Path.of("/work"))
                .environment(Environment.empty().with("TOKEN", "secret"))
                .input(ProcessInput.text("prompt"))
                .build();
        assertThat(spec).hasToString("ProcessSpec[cat with 1 arguments in /work]");
        assertThat(spec.input()).hasToString("Text[6 characters]");
    }

    @Test
    void limitsMustBePositive() {
        assertThatThrownBy(() -> new OutputLimits(0, 1, 1)).hasMessageContaining("limits.perLine '0'");
        assertThatThrownBy(() -> new OutputLimits((256L << 20) + 1, 1, 1)).hasMessageContaining("limits.perLine");
        assertThatThrownBy(() -> new OutputLimits(1, 0, 1)).hasMessageContaining("limits.perStream '0'");
        assertThatThrownBy(() -> new OutputLimits(1, 1, -1)).hasMessageContaining("limits.total '-1'");
    }

    @Test
    void timesMustBeInRange() {
        Duration second = Duration.ofSeconds(1);
        assertThat(new ProcessTimeouts(second, second, Duration.ZERO).grace()).isZero();
        assertThatThrownBy(() -> new ProcessTimeouts(Duration.ZERO, second, second))
                .hasMessage("timeouts.wall 'PT0S' must be longer than zero to 365 days");
        assertThatThrownBy(() -> new ProcessTimeouts(second, Duration.ofDays(366), second))
                .hasMessageContaining("timeouts.idle");
        assertThatThrownBy(() -> new ProcessTimeouts(second, second, Duration.ofNanos(-1)))
                .hasMessageContaining("timeouts.grace");
    }
}
