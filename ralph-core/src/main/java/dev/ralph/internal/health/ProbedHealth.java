/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.health;

import dev.ralph.ConfigurationException;
import dev.ralph.health.CheckResult;
import dev.ralph.health.CheckStatus;
import dev.ralph.health.Health;
import dev.ralph.health.HealthImpact;
import dev.ralph.health.HealthProbe;
import dev.ralph.health.HealthReport;
import dev.ralph.health.SystemFigures;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;

/** Asks probes. Thread-safe. */
public final class ProbedHealth implements Health {

    /** The check that says whether the orchestrator takes work; it needs no probe. */
    public static final String ORCHESTRATOR = "orchestrator";

    private static final Set<HealthImpact> LIVE = Set.of(HealthImpact.LIVENESS);
    private static final Set<HealthImpact> READY = Set.of(HealthImpact.LIVENESS, HealthImpact.READINESS);
    private static final Set<HealthImpact> ALL = Set.of(HealthImpact.values());

    private final Map<WatchedProbe, HealthImpact> probes = new LinkedHashMap<>();
    private final BooleanSupplier closing;
    private final SystemWatch system;
    private final InstantSource clock;

    /**
     * Over probes.
     *
     * @param closing whether the orchestrator takes no more work
     * @param mask hides secrets
     * @throws ConfigurationException if two probes have one name, or a name or time-out of one cannot be used
     */
    public ProbedHealth(
            List<HealthProbe> probes,
            BooleanSupplier closing,
            SystemWatch system,
            InstantSource clock,
            LongSupplier nanoTime,
            UnaryOperator<String> mask) {
        this.closing = closing;
        this.system = system;
        this.clock = clock;
        List<String> names = new ArrayList<>(List.of(ORCHESTRATOR));
        for (HealthProbe probe : probes) {
            ProbeRules.require(probe);
            WatchedProbe watched = new WatchedProbe(probe, nanoTime, mask);
            if (names.contains(watched.name())) {
                throw new ConfigurationException("two health checks have the name '" + watched.name()
                        + "'; give the probe " + probe.getClass().getName() + " another one");
            }
            names.add(watched.name());
            this.probes.put(watched, probe.impact());
        }
    }

    /** The names of all checks. */
    public Set<String> checks() {
        Set<String> names = new LinkedHashSet<>(Set.of(ORCHESTRATOR));
        probes.keySet().forEach(probe -> names.add(probe.name()));
        return names;
    }

    /** What a check found when somebody asked for it last; empty if that was longer ago. Asks nobody. */
    public Optional<CheckStatus> lastKnown(String check, Duration longest) {
        return check.equals(ORCHESTRATOR)
                ? Optional.of(closing.getAsBoolean() ? CheckStatus.DOWN : CheckStatus.UP)
                : probes.keySet().stream()
                        .filter(probe -> probe.name().equals(check))
                        .findFirst()
                        .flatMap(probe -> probe.lastKnown(longest));
    }

    @Override
    public HealthReport live() {
        return report(LIVE, Map.of(), system.last());
    }

    @Override
    public HealthReport ready() {
        return work(READY);
    }

    @Override
    public HealthReport full() {
        return work(ALL);
    }

    /** What closes is about to lose its parts: what they would say is no news, and agents' programs are not to be started. */
    private HealthReport work(Set<HealthImpact> impacts) {
        boolean ends = closing.getAsBoolean();
        CheckResult orchestrator = ends
                ? CheckResult.down("this orchestrator is closing or closed and takes no work; send it to another node")
                : CheckResult.up();
        return report(ends ? LIVE : impacts, Map.of(ORCHESTRATOR, orchestrator), system.figures());
    }

    private HealthReport report(Set<HealthImpact> impacts, Map<String, CheckResult> known, SystemFigures figures) {
        Map<String, CheckResult> checks = new LinkedHashMap<>(known);
        // All are asked before any is waited for.
        Map<String, WatchedProbe.Asked> asked = new LinkedHashMap<>();
        probes.forEach((probe, impact) -> {
            if (impacts.contains(impact)) {
                asked.put(probe.name(), probe.ask());
            }
        });
        asked.forEach((name, answer) -> checks.put(name, answer.await()));
        boolean healthy = checks.values().stream().noneMatch(result -> result.status() == CheckStatus.DOWN);
        return new HealthReport(healthy, clock.instant(), checks, figures);
    }
}
