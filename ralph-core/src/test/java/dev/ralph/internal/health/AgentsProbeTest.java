/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ralph.health.CheckResult;
import dev.ralph.health.CheckStatus;
import dev.ralph.spi.AgentProbe;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AgentsProbeTest {

    private final CountDownLatch never = new CountDownLatch(1);
    private final AtomicInteger begun = new AtomicInteger();

    @AfterEach
    void release() {
        never.countDown();
    }

    @Test
    void agentsThatHangDegradeANodeWhoseOtherAgentIsReady() throws Exception {
        CheckResult result = probe(Map.of("one", this::hang, "two", this::hang, "well", () -> AgentProbe.ready("1")))
                .check();

        assertThat(result.status()).isEqualTo(CheckStatus.DEGRADED);
        assertThat(result.message()).contains("one: it did not answer within").contains("two: it did not answer");
        assertThat(result.details()).containsEntry("well", "ready, version 1").containsEntry("one", "not ready");
    }

    @Test
    void anAgentThatHangsIsNotAskedAgainAndIsDownIfThereIsNoOther() throws Exception {
        AgentsProbe probe = probe(Map.of("one", this::hang));

        assertThat(probe.check().status()).isEqualTo(CheckStatus.DOWN);
        assertThat(probe.check().status()).isEqualTo(CheckStatus.DOWN);
        assertThat(begun).hasValue(1);
    }

    private static AgentsProbe probe(Map<String, Supplier<AgentProbe>> agents) {
        return new AgentsProbe(new LinkedHashMap<>(agents), Duration.ofMillis(500));
    }

    private AgentProbe hang() {
        begun.incrementAndGet();
        try {
            never.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return AgentProbe.ready(null);
    }
}
