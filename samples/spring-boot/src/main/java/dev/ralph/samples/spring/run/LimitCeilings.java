/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.spring.run;

import dev.ralph.Limits;
import dev.ralph.samples.spring.catalog.HostProperties.Ceilings;
import dev.ralph.samples.spring.run.RunRequest.RequestedLimits;
import dev.ralph.samples.spring.web.InvalidRequestException;
import org.jspecify.annotations.Nullable;

/**
 * What a run gets: what it asks for, else the default, and never more than the ceiling.
 *
 * @param defaults the limits of a run that names none
 * @param ceilings what no request can exceed
 */
record LimitCeilings(Limits defaults, Ceilings ceilings) {

    /**
     * The limits of a run.
     *
     * @throws InvalidRequestException if one that is asked for exceeds its ceiling
     */
    Limits limits(@Nullable RequestedLimits asked) {
        RequestedLimits wanted = asked == null ? new RequestedLimits(null, null, null, null, null, null) : asked;
        return defaults.toBuilder()
                .maxIterations(within(
                        "limits.maxIterations",
                        wanted.maxIterations(),
                        defaults.maxIterations(),
                        ceilings.maxIterations()))
                .maxRuntime(
                        within("limits.maxRuntime", wanted.maxRuntime(), defaults.maxRuntime(), ceilings.maxRuntime()))
                .maxTokens(
                        withinIfAny("limits.maxTokens", wanted.maxTokens(), defaults.maxTokens(), ceilings.maxTokens()))
                .maxCost(withinIfAny("limits.maxCost", wanted.maxCost(), defaults.maxCost(), ceilings.maxCost()))
                .attemptTimeout(within(
                        "limits.attemptTimeout",
                        wanted.attemptTimeout(),
                        defaults.attemptTimeout(),
                        ceilings.attemptTimeout()))
                .idleTimeout(within(
                        "limits.idleTimeout", wanted.idleTimeout(), defaults.idleTimeout(), ceilings.idleTimeout()))
                .build();
    }

    private static <T extends Comparable<T>> T within(
            String field, @Nullable T asked, T otherwise, @Nullable T ceiling) {
        T limit = withinIfAny(field, asked, otherwise, ceiling);
        return limit == null ? otherwise : limit;
    }

    private static <T extends Comparable<T>> @Nullable T withinIfAny(
            String field, @Nullable T asked, @Nullable T otherwise, @Nullable T ceiling) {
        if (asked == null) {
            return otherwise == null || (ceiling != null && otherwise.compareTo(ceiling) > 0) ? ceiling : otherwise;
        }
        if (ceiling != null && asked.compareTo(ceiling) > 0) {
            throw new InvalidRequestException(field, "must be at most " + ceiling + " on this server");
        }
        return asked;
    }
}
