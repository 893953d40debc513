/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.spring.boot.health;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.health.actuate.endpoint.HealthEndpointGroup;
import org.springframework.boot.health.actuate.endpoint.HealthEndpointGroups;
import org.springframework.boot.health.actuate.endpoint.HealthEndpointGroupsPostProcessor;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;

/**
 * Puts the answers to the two questions of a platform into Boot's groups {@code liveness} and {@code readiness}, and keeps them
 * out of everything else, which has the full report. A group the application defines itself stays as it says.
 */
@Order(Ordered.LOWEST_PRECEDENCE)
final class HealthGroups implements HealthEndpointGroupsPostProcessor {

    private static final Map<String, String> ADDED =
            Map.of("liveness", HealthNames.LIVENESS, "readiness", HealthNames.READINESS);

    private static final Set<String> ALL = Set.of(HealthNames.FULL, HealthNames.LIVENESS, HealthNames.READINESS);

    private static final String ENDPOINT = "management.endpoint.health.";

    private final Environment environment;

    HealthGroups(Environment environment) {
        this.environment = environment;
    }

    @Override
    public HealthEndpointGroups postProcessHealthEndpointGroups(HealthEndpointGroups groups) {
        HealthEndpointGroup primary =
                group(groups.getPrimary(), Set.of(), Set.of(HealthNames.LIVENESS, HealthNames.READINESS), ENDPOINT);
        Map<String, HealthEndpointGroup> named = new LinkedHashMap<>();
        for (String name : groups.getNames()) {
            HealthEndpointGroup group = Objects.requireNonNull(groups.get(name));
            String added = ADDED.get(name);
            String prefix = ENDPOINT + "group." + name + ".";
            boolean ours = added != null && !isSet(prefix + "include");
            Set<String> more = ours ? Set.of(added) : Set.of();
            // A group that names no members has them all.
            Set<String> less = ours ? ALL : Set.of();
            named.put(name, group(group, more, less, prefix));
        }
        return HealthEndpointGroups.of(primary, named);
    }

    private RalphGroup group(HealthEndpointGroup group, Set<String> added, Set<String> removed, String prefix) {
        boolean ranked = Stream.of(ENDPOINT, prefix).anyMatch(this::ranks);
        return new RalphGroup(group, added, removed, !ranked);
    }

    private boolean ranks(String prefix) {
        Binder properties = Binder.get(environment);
        Stream<String> ordered =
                properties.bind(prefix + "status.order", Bindable.listOf(String.class)).orElseGet(List::of).stream();
        Stream<String> mapped = properties
                .bind(prefix + "status.http-mapping", Bindable.mapOf(String.class, String.class))
                .orElseGet(Map::of)
                .keySet()
                .stream();
        return Stream.concat(ordered, mapped).anyMatch(HealthNames.DEGRADED::equalsIgnoreCase);
    }

    private boolean isSet(String property) {
        return Binder.get(environment)
                .bind(property, Bindable.setOf(String.class))
                .isBound();
    }
}
