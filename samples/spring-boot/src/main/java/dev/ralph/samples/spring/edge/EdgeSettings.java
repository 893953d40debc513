/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.spring.edge;

import dev.ralph.InvalidValueException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the host meets the network.
 *
 * @param allowedHosts names and addresses the host answers to, without ports; {@code ALLOWED_HOSTS}
 * @param corsOrigins web sites whose pages may call the API, such as {@code https://app.example.org}; none by default, {@code
 *     CORS_ORIGINS}
 * @param corsCredentials whether their pages may send credentials of the browser; the API itself needs none
 * @param trustedProxies addresses of proxies that are believed whom they ask for; none by default, {@code TRUSTED_PROXIES}
 * @param forwardedHeader where those proxies say so
 * @param apiRateLimit how much a principal may ask; {@code API_RATE_LIMIT}
 * @param addressRateLimit how much may be asked from an address, whoever asks; as {@code apiRateLimit} if null
 * @param loginRateLimit how many credentials may be wrong, and how many set-up tokens tried, from an address; {@code
 *     LOGIN_RATE_LIMIT}
 */
@ConfigurationProperties("host.edge")
public record EdgeSettings(
        @DefaultValue({"localhost", "127.0.0.1", "[::1]"}) List<String> allowedHosts,
        @DefaultValue List<String> corsOrigins,
        @DefaultValue("false") boolean corsCredentials,
        @DefaultValue List<Cidr> trustedProxies,
        @DefaultValue("X_FORWARDED_FOR") ForwardedHeader forwardedHeader,
        @DefaultValue("100/minute") RateLimit apiRateLimit,
        @Nullable RateLimit addressRateLimit,
        @DefaultValue("10/minute") RateLimit loginRateLimit) {

    private static final Pattern HOST = Pattern.compile("[a-z0-9]([a-z0-9.-]*[a-z0-9])?|\\[[0-9a-f:.]+]");

    /**
     * Checks the values.
     *
     * @throws InvalidValueException if a host has a port, an origin is none, or {@code *} is to send credentials
     */
    public EdgeSettings {
        allowedHosts = allowedHosts.stream()
                .map(host -> host.strip().toLowerCase(Locale.ROOT))
                .filter(host -> !host.isEmpty())
                .toList();
        allowedHosts.stream()
                .filter(host -> !HOST.matcher(host).matches())
                .findFirst()
                .ifPresent(host -> {
                    throw new InvalidValueException(
                            "ALLOWED_HOSTS",
                            host,
                            "must be a host name or an address without a port, an IPv6 address in brackets");
                });
        if (allowedHosts.isEmpty()) {
            throw new InvalidValueException("ALLOWED_HOSTS", "", "must name at least one host; it has no entry");
        }
        corsOrigins = corsOrigins.stream()
                .map(String::strip)
                .filter(origin -> !origin.isEmpty())
                .toList();
        corsOrigins.forEach(EdgeSettings::requireOrigin);
        if (corsCredentials && corsOrigins.contains("*")) {
            throw new InvalidValueException(
                    "CORS_ORIGINS", "*", "cannot go with host.edge.cors-credentials=true; name the origins");
        }
        trustedProxies = List.copyOf(trustedProxies);
    }

    /** How much may be asked from an address. */
    public RateLimit limitOfAddress() {
        return addressRateLimit == null ? apiRateLimit : addressRateLimit;
    }

    private static void requireOrigin(String origin) {
        if (origin.equals("*")) {
            return;
        }
        try {
            URI uri = new URI(origin);
            boolean web = "https".equals(uri.getScheme()) || "http".equals(uri.getScheme());
            if (web
                    && uri.getHost() != null
                    && origin.equals(uri.getScheme() + "://" + uri.getRawAuthority())
                    && uri.getRawUserInfo() == null) {
                return;
            }
        } catch (URISyntaxException e) {
            // Told below, as every other text that is no origin.
        }
        throw new InvalidValueException(
                "CORS_ORIGINS",
                origin,
                "is no origin; write scheme, host and port only, such as https://app.example.org");
    }
}
