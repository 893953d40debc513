/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TagValuesTest {

    private final TagValues values = new TagValues();

    @Test
    void theFirstHundredAreToldApartAndTheRestAreOne() {
        Set<String> shown = new HashSet<>();
        IntStream.range(0, 1_000).forEach(i -> shown.add(values.of("gate-" + i)));

        assertThat(shown).hasSize(TagValues.MOST + 1).contains("gate-0", "gate-99", TagValues.OTHER);
        assertThat(values.of("gate-7")).as("one that was there before").isEqualTo("gate-7");
        assertThat(values.of("gate-500")).isEqualTo(TagValues.OTHER);
    }

    @Test
    void longValuesAreCutAndNeverWithinACharacter() {
        assertThat(values.of("x".repeat(1_000))).hasSize(TagValues.LONGEST);
        assertThat(values.of("x".repeat(63) + "😀")).isEqualTo("x".repeat(63));
        assertThat(values.of("😀".repeat(40))).isEqualTo("😀".repeat(32));
    }
}
