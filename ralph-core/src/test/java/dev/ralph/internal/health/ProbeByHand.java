/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.health;

import dev.ralph.health.CheckResult;
import dev.ralph.health.HealthImpact;
import dev.ralph.health.HealthProbe;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;

/** A probe that does what the test says, and counts how often it was asked. */
final class ProbeByHand implements HealthProbe {

    private final String name;
    private final HealthImpact impact;
    private final Duration timeout;
    private final Callable<CheckResult> answer;
    private final AtomicInteger executions = new AtomicInteger();

    ProbeByHand(String name, HealthImpact impact, Duration timeout, Callable<CheckResult> answer) {
        this.name = name;
        this.impact = impact;
        this.timeout = timeout;
        this.answer = answer;
    }

    static ProbeByHand ready(String name, Callable<CheckResult> answer) {
        return new ProbeByHand(name, HealthImpact.READINESS, Duration.ofSeconds(30), answer);
    }

    int executions() {
        return executions.get();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public HealthImpact impact() {
        return impact;
    }

    @Override
    public Duration timeout() {
        return timeout;
    }

    @Override
    public CheckResult check() throws Exception {
        executions.incrementAndGet();
        return answer.call();
    }
}
