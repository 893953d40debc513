/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.health;

import dev.ralph.ConfigurationException;
import dev.ralph.health.HealthProbe;
import java.time.Duration;
import java.util.regex.Pattern;

/** What a probe must say of itself. */
public final class ProbeRules {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,64}");
    private static final Duration LONGEST = Duration.ofHours(1);

    private ProbeRules() {}

    /**
     * Checks name, time-out and validity.
     *
     * @throws ConfigurationException if one of them cannot be used
     */
    public static void require(HealthProbe probe) {
        if (!NAME.matcher(probe.name()).matches()) {
            throw new ConfigurationException(
                    "the health probe " + probe.getClass().getName() + " has the name '" + probe.name()
                            + "'; it must be 1 to 64 letters, digits, '-' and '_'");
        }
        require(probe, "time-out", probe.timeout(), Duration.ofMillis(1));
        require(probe, "validity", probe.validity(), Duration.ZERO);
    }

    private static void require(HealthProbe probe, String what, Duration time, Duration least) {
        if (time.compareTo(least) < 0 || time.compareTo(LONGEST) > 0) {
            throw new ConfigurationException("the health probe '" + probe.name() + "' has the " + what + " " + time
                    + "; it must be from " + least + " to " + LONGEST);
        }
    }
}
