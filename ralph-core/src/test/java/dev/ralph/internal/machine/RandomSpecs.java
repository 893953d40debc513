/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.machine;

import static dev.ralph.internal.machine.SampleSpecs.gate;

import dev.ralph.CheckpointPolicy;
import dev.ralph.Limits;
import dev.ralph.LimitsBuilder;
import dev.ralph.OnInterrupted;
import dev.ralph.ProgressPolicy;
import dev.ralph.RetryPolicy;
import dev.ralph.RunSpec;
import dev.ralph.RunSpecBuilder;
import dev.ralph.UnknownUsage;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;

/** Specs with every combination of settings, small enough that their limits are reached. */
final class RandomSpecs {

    private RandomSpecs() {}

    static RunSpec any(Dice dice) {
        RunSpecBuilder spec = common(dice, agents(dice)).limits(limits(dice));
        if (dice.chance(0.5)) {
            spec.budget("month");
        }
        if (dice.chance(0.5)) {
            spec.budget("team");
        }
        return spec.build();
    }

    /** Ends by nothing that an attempt repeated after a crash could use up. */
    static RunSpec unmetered(Dice dice) {
        return common(dice, namedAgents(dice))
                .limits(Limits.builder()
                        .maxIterations(dice.between(1, 8))
                        .maxRuntime(Duration.ofDays(365))
                        .build())
                .build();
    }

    private static RunSpecBuilder common(Dice dice, String... agents) {
        RunSpecBuilder spec = SampleSpecs.spec(agents)
                .retry(retry(dice))
                .progress(new ProgressPolicy(dice.pick(0, 2, 3), dice.pick(0.5, 0.9), dice.pick(0, 2, 4, 6)));
        for (int i = dice.between(0, 2); i > 0; i--) {
            spec.gate(gate("gate-" + i));
        }
        boolean rollback = dice.chance(0.4);
        return spec.onInterrupted(rollback ? OnInterrupted.ROLLBACK : OnInterrupted.CONTINUE)
                .checkpoints(new CheckpointPolicy(rollback ? 1 : dice.between(0, 3)));
    }

    private static String[] agents(Dice dice) {
        return dice.chance(0.25) ? new String[0] : namedAgents(dice);
    }

    private static String[] namedAgents(Dice dice) {
        return List.of("a", "b", "c").subList(0, dice.between(1, 3)).toArray(String[]::new);
    }

    private static RetryPolicy retry(Dice dice) {
        return new RetryPolicy(
                dice.between(1, 5),
                Duration.ofSeconds(2),
                Duration.ofMinutes(5),
                dice.seconds(0, 300),
                dice.between(1, 3),
                dice.seconds(0, 600),
                dice.between(2, 5));
    }

    private static Limits limits(Dice dice) {
        LimitsBuilder limits = Limits.builder()
                .maxIterations(dice.between(1, 20))
                .maxRuntime(dice.seconds(60, 7200))
                .attemptTimeout(dice.seconds(10, 900))
                .unknownUsage(dice.pick(UnknownUsage.values()));
        if (dice.chance(0.6)) {
            limits.maxTokens((long) dice.between(0, 10_000));
        }
        if (dice.chance(0.6)) {
            limits.maxCost(BigDecimal.valueOf(dice.between(0, 3000), 2));
        }
        if (dice.chance(0.3)) {
            limits.reservedTokens((long) dice.between(0, 1000))
                    .reservedCost(BigDecimal.valueOf(dice.between(0, 300), 2));
        }
        return limits.build();
    }
}
