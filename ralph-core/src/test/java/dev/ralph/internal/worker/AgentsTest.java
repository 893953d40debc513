/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ralph.spi.AgentAdapter;
import dev.ralph.spi.AgentProbe;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AgentsTest {

    @Test
    void ofAnAdaptersExceptionOnlyTheTypeIsTold() {
        AgentAdapter broken = (AgentAdapter) Proxy.newProxyInstance(
                AgentAdapter.class.getClassLoader(),
                new Class<?>[] {AgentAdapter.class},
                (proxy, method, arguments) -> {
                    throw new IllegalStateException("token=hunter2");
                });

        AgentProbe probe = new Agents(Map.of("broken", broken), List.of()).probe("broken");

        assertThat(probe.ready()).isFalse();
        assertThat(probe.problem()).contains("java.lang.IllegalStateException").doesNotContain("hunter2");
    }
}
