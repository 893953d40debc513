/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.spring.access;

import java.util.Objects;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Takes tokens of an OpenID provider if one is configured. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty("host.oidc.issuer")
class OidcConfiguration {

    @Bean
    OidcTokens oidcTokens(OidcSettings settings, AccessSettings access) {
        return new OidcTokens(
                settings,
                Objects.requireNonNull(settings.issuer(), "host.oidc.issuer"),
                Objects.requireNonNull(settings.audience(), "host.oidc.audience"),
                access.tenants());
    }
}
