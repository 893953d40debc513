/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.plain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ralph.StopReason;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExitCodeTest {

    @Test
    void everyReasonHasACodeOfItsOwnAndOnlyCompletionIsZero() {
        List<Integer> codes = Arrays.stream(StopReason.values())
                .map(reason -> ExitCode.of(reason).code())
                .toList();

        assertThat(codes).doesNotHaveDuplicates();
        assertThat(Arrays.stream(StopReason.values())
                        .filter(reason -> ExitCode.of(reason).code() == 0))
                .containsExactly(StopReason.COMPLETED);
        assertThat(codes).doesNotContain(1, 2, 130, 137, 143);
    }

    @Test
    void noTwoMeaningsShareACode() {
        assertThat(Arrays.stream(ExitCode.values()).map(ExitCode::code)).doesNotHaveDuplicates();
        assertThat(ExitCode.table()).hasSize(ExitCode.values().length);
    }
}
