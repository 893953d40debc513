/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.spring.keys;

import dev.ralph.InvalidValueException;
import dev.ralph.samples.spring.access.Caller;
import dev.ralph.samples.spring.access.Role;
import dev.ralph.samples.spring.web.Listing;
import dev.ralph.samples.spring.web.QueryParameters;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Keys of the caller's tenant. */
@RestController
@RequestMapping("/api/v1/keys")
@Tag(name = "keys")
final class KeyController {

    private final Keys keys;

    KeyController(Keys keys) {
        this.keys = keys;
    }

    /**
     * What key is wanted.
     *
     * @param name what to call it
     * @param role viewer, operator or admin
     * @param lifetime how long it is good, such as {@code P30D}; the host's default if null
     */
    record Wanted(
            @Nullable String name,
            @Nullable String role,
            @Nullable Duration lifetime) {}

    /**
     * How a key is rotated.
     *
     * @param grace how long the secret before is good, such as {@code PT0S} if it has leaked; the host's default, which is the
     *     longest, if null
     */
    record Rotation(@Nullable Duration grace) {}

    @GetMapping
    @Operation(
            summary = "The keys of the tenant, the newest first, without their secrets",
            parameters = {
                @Parameter(
                        in = ParameterIn.QUERY,
                        name = "limit",
                        schema = @Schema(type = "integer", minimum = "1", maximum = "1000", defaultValue = "50")),
                @Parameter(in = ParameterIn.QUERY, name = "after", description = "'next' of the page before")
            })
    ResponseEntity<Listing<ApiKey>> list(@Parameter(hidden = true) Caller caller, HttpServletRequest request) {
        QueryParameters query = QueryParameters.of(request, Set.of(QueryParameters.AFTER, QueryParameters.LIMIT));
        int limit = query.limit();
        List<ApiKey> found = keys.list(caller.tenant(), query.text(QueryParameters.AFTER), limit);
        String next = found.size() < limit ? null : found.get(found.size() - 1).id();
        return Listing.page(new Listing<>(found, next), query);
    }

    @PostMapping
    @Operation(summary = "Issue a key; its text is in this answer and nowhere else")
    @ResponseStatus(HttpStatus.CREATED)
    IssuedKey issue(@Parameter(hidden = true) Caller caller, @RequestBody Wanted wanted) {
        String name = wanted.name() == null ? "" : wanted.name();
        return keys.issue(caller, name, role(wanted.role()), wanted.lifetime());
    }

    @PostMapping("/{id}/rotate")
    @Operation(summary = "Give a key another secret; the one before is good for a while")
    IssuedKey rotate(
            @Parameter(hidden = true) Caller caller,
            @PathVariable String id,
            @RequestBody(required = false) @Nullable Rotation wanted) {
        return keys.rotate(caller, id, wanted == null ? null : wanted.grace());
    }

    @DeleteMapping("/{id}")
    @Operation(summary = "Revoke a key")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void revoke(@Parameter(hidden = true) Caller caller, @PathVariable String id) {
        keys.revoke(caller, id);
    }

    private static Role role(@Nullable String text) {
        return Arrays.stream(Role.values())
                .filter(role -> text != null && role.name().equals(text.toUpperCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new InvalidValueException(
                        "role", String.valueOf(text), "must be one of viewer, operator, admin"));
    }
}
