/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.health;

import java.time.Duration;

/**
 * One check of a node's health. Registered with {@link dev.ralph.OrchestratorBuilder#healthProbe}, or told of by a part that
 * is a {@link HealthSource}.
 *
 * <p>It is asked on a thread of its own, beside the others, and not before its last answer is
 * {@link #validity} old. It is never interrupted: one that does not come back is reported as timed out and not asked again
 * until it does or ten times its time-out has passed; then it is asked once more, beside the call that hangs.
 */
public interface HealthProbe {

    /** Unique among the probes of an orchestrator; its name in reports. Letters, digits, {@code -}, {@code _}. */
    String name();

    /** What it means if it is down. Always the same. */
    HealthImpact impact();

    /** How long whoever asks waits for it; two seconds by default. */
    default Duration timeout() {
        return Duration.ofSeconds(2);
    }

    /** How long an answer holds, from when it was given; a second by default, which is the least. */
    default Duration validity() {
        return Duration.ofSeconds(1);
    }

    /** What to do if it does not answer in time; ends the message that says so. */
    default String whenSilent() {
        return "a thread dump shows what the thread ralph-health-" + name() + " waits for";
    }

    /**
     * Looks. May block; changes nothing and spends no tokens.
     *
     * @return what it found
     * @throws Exception if it cannot be found out: reported as down. Only the message of a
     *     {@link dev.ralph.RalphException} is shown; of any other, the type
     */
    CheckResult check() throws Exception;
}
