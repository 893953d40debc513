/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.plain.option;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ralph.GateRef;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class PluginGateTest {

    @Test
    void aGateIsItsTypeAndItsSettingsAndIsCalledByBoth() {
        String text = "files:{\"exist\":[\"a:b\"],\"most\":3,\"deep\":{\"yes\":true}}";

        GateRef gate = new PluginGate().convert(text);

        assertThat(gate.type()).isEqualTo("files");
        assertThat(gate.name()).isEqualTo(text);
        assertThat(gate.settings()).isEqualTo(Map.of("exist", List.of("a:b"), "most", 3L, "deep", Map.of("yes", true)));
    }

    @Test
    void aGateMayHaveNoSettings() {
        assertThat(new PluginGate().convert("clean:{}").settings()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"files", ":{}", " :{}", "files:", "files:[]", "files:null", "files:{} x", "files:{\"a\":null}"})
    void whatIsNoGateIsRefusedWithAnExample(String text) {
        assertThatThrownBy(() -> new PluginGate().convert(text))
                .isInstanceOf(TypeConversionException.class)
                .hasMessageStartingWith("'" + text + "' must be the type of a gate")
                .hasMessageContaining("files:{\"exist\"");
    }
}
