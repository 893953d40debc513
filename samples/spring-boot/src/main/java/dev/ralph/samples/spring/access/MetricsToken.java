/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.spring.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The token of scrapers that cannot reach the management port, as it is on the loopback address unless it is opened to a network
 * that somebody then has to close to others. A key will not do for them: its role is within a tenant, figures are of all.
 */
@Component
final class MetricsToken implements TokenCheck {

    private final byte @Nullable [] token;

    MetricsToken(AccessSettings settings) {
        String configured = settings.metricsToken();
        this.token = configured == null ? null : configured.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public boolean knows(String presented) {
        return token != null && MessageDigest.isEqual(token, presented.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public Login check(String presented) {
        return knows(presented) ? new Login.Scraper() : Login.Refused.of("not the metrics token");
    }
}
