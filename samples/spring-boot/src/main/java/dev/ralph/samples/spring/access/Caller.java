/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.spring.access;

import dev.ralph.Actor;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who makes a request, as authentication found out. Handlers of requests take one as an argument.
 *
 * @param principal such as {@code key:019a…} or {@code oidc:alice}
 * @param tenant the only tenant whose runs the caller sees
 * @param role what it may do there
 * @param address where the request comes from
 */
public record Caller(
        String principal,
        String tenant,
        Role role,
        @Nullable String address) {

    /** The same for the audit trail. */
    public Actor actor() {
        return new Actor(principal, address, Map.of());
    }
}
