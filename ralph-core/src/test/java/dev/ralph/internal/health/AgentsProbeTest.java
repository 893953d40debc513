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
import java.util.Set;
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

    @Test
    void anAgentTheHostDoesNotWantIsNoFaultIfItIsNotReady() throws Exception {
        Map<String, Supplier<AgentProbe>> agents =
                Map.of("wanted", () -> AgentProbe.ready("1"), "other", AgentsProbeTest::notInstalled);

        assertThat(probe(agents, "wanted").check().status()).isEqualTo(CheckStatus.UP);
        assertThat(probe(agents).check().status()).isEqualTo(CheckStatus.DEGRADED);
    }

    @Test
    void aNodeThatIsToRunCommandsIsReadyWithoutAnyClient() throws Exception {
        Map<String, Supplier<AgentProbe>> agents = Map.of(
                "command",
                () -> AgentProbe.notReady(null, "no command", "name one"),
                "claude",
                AgentsProbeTest::notInstalled);

        assertThat(probe(agents, "command").check().status()).isEqualTo(CheckStatus.UP);
        assertThat(probe(agents).check().status()).isEqualTo(CheckStatus.DOWN);
    }

    @Test
    void aNodeIsDegradedIfOnlyAnAgentItDoesNotWantIsReady() throws Exception {
        CheckResult result = probe(
                        Map.of("wanted", AgentsProbeTest::notInstalled, "other", () -> AgentProbe.ready("1")), "wanted")
                .check();

        assertThat(result.status()).isEqualTo(CheckStatus.DEGRADED);
        assertThat(result.message()).contains("wanted: not installed");
    }

    private static AgentProbe notInstalled() {
        return AgentProbe.notReady(null, "not installed", "install it");
    }

    private static AgentsProbe probe(Map<String, Supplier<AgentProbe>> agents, String... named) {
        return new AgentsProbe(new LinkedHashMap<>(agents), Set.of(named), Duration.ofMillis(500));
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
