/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.spring.keys;

import dev.ralph.samples.spring.access.Caller;
import dev.ralph.samples.spring.access.Role;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Who a credential is. */
@RestController
@Tag(name = "keys")
final class MeController {

    /**
     * The caller.
     *
     * @param principal as the audit trail has it
     * @param tenant whose runs it sees
     * @param role what it may do
     * @param address where it asks from, as this host sees it
     */
    record Me(
            String principal,
            String tenant,
            Role role,
            @Nullable String address) {}

    @GetMapping("/api/v1/me")
    @Operation(summary = "Who the credential is")
    Me me(@Parameter(hidden = true) Caller caller) {
        return new Me(caller.principal(), caller.tenant(), caller.role(), caller.address());
    }
}
