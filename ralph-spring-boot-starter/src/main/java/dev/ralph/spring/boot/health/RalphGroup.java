/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.spring.boot.health;

import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.health.actuate.endpoint.AdditionalHealthEndpointPath;
import org.springframework.boot.health.actuate.endpoint.HealthEndpointGroup;
import org.springframework.boot.health.actuate.endpoint.HttpCodeStatusMapper;
import org.springframework.boot.health.actuate.endpoint.StatusAggregator;
import org.springframework.boot.health.contributor.Status;

/** A group with other members, in which what is degraded counts as up unless the application ranks that itself. */
final class RalphGroup implements HealthEndpointGroup {

    private final HealthEndpointGroup group;
    private final Set<String> added;
    private final Set<String> removed;
    private final boolean degradedIsUp;

    /**
     * A group with changes.
     *
     * @param degradedIsUp whether the status is counted as another, and so ranked and answered as that
     */
    RalphGroup(HealthEndpointGroup group, Set<String> added, Set<String> removed, boolean degradedIsUp) {
        this.group = group;
        this.added = added;
        this.removed = removed;
        this.degradedIsUp = degradedIsUp;
    }

    @Override
    public boolean isMember(String name) {
        return added.contains(name) || (!removed.contains(name) && group.isMember(name));
    }

    @Override
    public boolean showComponents(SecurityContext context) {
        return group.showComponents(context);
    }

    @Override
    public boolean showDetails(SecurityContext context) {
        return group.showDetails(context);
    }

    /** Without this, a status nobody has given a rank is ignored, and a group of nothing else is of unknown health. */
    @Override
    public StatusAggregator getStatusAggregator() {
        StatusAggregator aggregator = group.getStatusAggregator();
        if (!degradedIsUp) {
            return aggregator;
        }
        return statuses -> aggregator.getAggregateStatus(statuses.stream()
                .map(status -> status.getCode().equals(HealthNames.DEGRADED) ? Status.UP : status)
                .collect(Collectors.toSet()));
    }

    @Override
    public HttpCodeStatusMapper getHttpCodeStatusMapper() {
        return group.getHttpCodeStatusMapper();
    }

    @Override
    public @Nullable AdditionalHealthEndpointPath getAdditionalPath() {
        return group.getAdditionalPath();
    }
}
