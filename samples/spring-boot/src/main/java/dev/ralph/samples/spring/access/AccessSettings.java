/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.spring.access;

import dev.ralph.InvalidValueException;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who there is, and what is open to everybody.
 *
 * @param tenants those whose runs this host works on
 * @param metricsToken a secret that opens {@code /health} and {@code /metrics} and nothing else, for scrapers; at least 32
 *     characters. Null: none does; {@code METRICS_PORT} shows the same without one, to a network of its own
 * @param openOnLoopback whether those two are open to whoever asks from this machine. Not where agents run on it, and not
 *     behind a proxy on it that adds no headers: everybody who comes through that looks like this machine
 * @param openDocs whether the description of the API is open to everybody
 */
@ConfigurationProperties("host")
public record AccessSettings(
        @DefaultValue("default") List<String> tenants,
        @Nullable String metricsToken,
        @DefaultValue("false") boolean openOnLoopback,
        @DefaultValue("true") boolean openDocs) {

    private static final Pattern TENANT = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");
    private static final int SHORTEST_TOKEN = 32;

    /**
     * Checks the values.
     *
     * @throws InvalidValueException if there is no tenant, a name is none, or the token is too short
     */
    public AccessSettings {
        tenants = List.copyOf(tenants);
        if (tenants.isEmpty()) {
            throw new InvalidValueException("host.tenants", "", "must name at least one tenant");
        }
        for (String tenant : tenants) {
            if (!TENANT.matcher(tenant).matches()) {
                throw new InvalidValueException(
                        "host.tenants", tenant, "must be 1 to 100 letters, digits, dots, underscores and hyphens");
            }
        }
        if (metricsToken != null && metricsToken.isBlank()) {
            metricsToken = null;
        }
        if (metricsToken != null && metricsToken.length() < SHORTEST_TOKEN) {
            throw new InvalidValueException(
                    "host.metrics-token",
                    metricsToken.length() + " characters",
                    "must have at least " + SHORTEST_TOKEN + "; make one with: openssl rand -hex 32");
        }
    }

    /** Without the token. */
    @Override
    public String toString() {
        return "AccessSettings[" + tenants + "]";
    }
}
