/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ralph.InvalidValueException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EnvironmentTest {

    private static final Map<String, String> HOST = Map.of(
            "PATH", "/bin",
            "LC_ALL", "C",
            "LC_TIME", "de",
            "LCX", "no",
            "TOKEN", "canary",
            "LC_odd.name", "x",
            "RALPH_PROCESS", "outer");

    @Test
    void onlyWhatIsAllowedIsPicked() {
        Environment environment = Environment.allowing(List.of("PATH", "HOME", "LC_*", "RALPH_*"), HOST);
        assertThat(environment.variables())
                .containsExactlyInAnyOrderEntriesOf(Map.of("PATH", "/bin", "LC_ALL", "C", "LC_TIME", "de"));
    }

    @Test
    void theJvmsOwnEnvironmentIsTheHost() {
        assertThat(Environment.allowing("PATH").variables())
                .containsExactlyEntriesOf(Map.of("PATH", System.getenv("PATH")));
    }

    @Test
    void addingReplacesAndLeavesTheOriginalAlone() {
        Environment original = Environment.empty().with("A", "1");
        assertThat(original.with(Map.of("A", "2", "B", "3")).variables())
                .containsExactlyInAnyOrderEntriesOf(Map.of("A", "2", "B", "3"));
        assertThat(original.variables()).containsExactlyEntriesOf(Map.of("A", "1"));
    }

    @Test
    void valuesAreNeverPrinted() {
        assertThat(Environment.empty().with("TOKEN", "secret").with("A", "hidden"))
                .hasToString("Environment[A, TOKEN]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "*", "1A", "A-B", "A=B", "L*C", "A**"})
    void whatIsNoPatternIsRefused(String pattern) {
        assertThatThrownBy(() -> Environment.allowing(pattern))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("'" + pattern + "'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1A", "A-B", "A=B", "A B", "BASH_FUNC_x%%"})
    void namesThatAShellDropsAreRefused(String name) {
        assertThatThrownBy(() -> Environment.empty().with(name, "x"))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("'" + name + "'");
    }

    @Test
    void theMarkerCannotBeSet() {
        assertThatThrownBy(() -> Environment.empty().with("RALPH_PROCESS", "x"))
                .hasMessageContaining("set by the launcher");
    }

    @Test
    void aNulIsRefusedWithoutShowingTheValue() {
        assertThatThrownBy(() -> Environment.empty().with("TOKEN", "sec\0ret"))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("TOKEN")
                .hasMessageNotContaining("ret");
    }
}
