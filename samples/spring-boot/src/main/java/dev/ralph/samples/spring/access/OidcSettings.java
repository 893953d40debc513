/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.spring.access;

import dev.ralph.InvalidValueException;
import java.net.URI;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Tokens of an OpenID provider, as another way to log in; off without an issuer.
 *
 * @param issuer who issues them, exactly as their {@code iss} claim has it
 * @param audience whom they must be for: one of their {@code aud} claim
 * @param jwkSetUri where the issuer's public keys are; found by its discovery document if null
 * @param tenantClaim the claim that names the tenant
 * @param roleClaim the claim that names the role or roles; dots lead into nested objects, as in {@code realm_access.roles}
 * @param roles what a role of the provider is here; by default each of ours is named as it is here, in lower case
 */
@ConfigurationProperties("host.oidc")
public record OidcSettings(
        @Nullable String issuer,
        @Nullable String audience,
        @Nullable String jwkSetUri,
        @DefaultValue("tenant") String tenantClaim,
        @DefaultValue("role") String roleClaim,
        @DefaultValue Map<String, Role> roles) {

    private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");

    /**
     * Checks the values.
     *
     * @throws InvalidValueException if there is an issuer without an audience, or keys would come unencrypted from elsewhere
     */
    public OidcSettings {
        if (issuer != null && issuer.isBlank()) {
            issuer = null;
        }
        if (issuer != null) {
            requireSafe("host.oidc.issuer", issuer);
            if (audience == null || audience.isBlank()) {
                throw new InvalidValueException(
                        "host.oidc.audience",
                        "",
                        "must be set with host.oidc.issuer: without it every token of the issuer would do");
            }
            if (jwkSetUri != null) {
                requireSafe("host.oidc.jwk-set-uri", jwkSetUri);
            }
        }
        roles = roles.isEmpty()
                ? Map.of("viewer", Role.VIEWER, "operator", Role.OPERATOR, "admin", Role.ADMIN)
                : Map.copyOf(roles);
    }

    private static void requireSafe(String field, String text) {
        URI uri;
        try {
            uri = URI.create(text);
        } catch (IllegalArgumentException e) {
            throw new InvalidValueException(field, text, "is no URL", e);
        }
        boolean local = "http".equals(uri.getScheme()) && uri.getHost() != null && THIS_MACHINE.contains(uri.getHost());
        if (!"https".equals(uri.getScheme()) && !local) {
            throw new InvalidValueException(
                    field, text, "must be an https URL, as keys are believed that come from it");
        }
    }
}
