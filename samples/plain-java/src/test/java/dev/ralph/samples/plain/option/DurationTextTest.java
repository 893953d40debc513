/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.plain.option;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class DurationTextTest {

    private final DurationText text = new DurationText();

    @ParameterizedTest
    @CsvSource({"90s,PT90S", "30m,PT30M", "1h30m,PT1H30M", "500ms,PT0.5S", "2d,PT48H", "0s,PT0S", "' 5s ',PT5S"})
    void readsNumbersWithUnits(String given, Duration expected) {
        assertThat(text.convert(given)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "90", "-5s", "1.5h", "5 s", "5x", "30m1h", "PT5S", "99999999999s"})
    void refusesWhatCouldBeMisread(String given) {
        assertThatExceptionOfType(TypeConversionException.class)
                .isThrownBy(() -> text.convert(given))
                .withMessageContaining("'" + given + "' is not a time");
    }
}
