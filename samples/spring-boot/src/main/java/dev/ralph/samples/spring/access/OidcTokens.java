/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.spring.access;

import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.SecurityContext;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtAudienceValidator;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;

/**
 * Tokens of an OpenID provider. Signed by one of its public keys with an asymmetric algorithm, for this host, not expired, for a
 * tenant that is configured, with a role that is known; all of it, or nothing.
 */
final class OidcTokens implements TokenCheck {

    private static final Pattern JWT = Pattern.compile("[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]*\\.[A-Za-z0-9_-]*");
    private static final Pattern SUBJECT = Pattern.compile("[\\x21-\\x7E]{1,200}");
    private static final Duration CLOCK_SKEW = Duration.ofSeconds(30);
    private static final Duration KEYS_ARE_FRESH = Duration.ofMinutes(5);
    private static final Duration KEYS_ARE_AWAITED = Duration.ofSeconds(5);
    private static final Duration BETWEEN_READS = Duration.ofSeconds(30);
    private static final Duration KEYS_OUTLIVE_THE_ISSUER = Duration.ofHours(1);

    /** With a symmetric algorithm, whoever has the public key could sign. */
    private static final List<SignatureAlgorithm> ASYMMETRIC = List.of(
            SignatureAlgorithm.RS256,
            SignatureAlgorithm.RS384,
            SignatureAlgorithm.RS512,
            SignatureAlgorithm.PS256,
            SignatureAlgorithm.PS384,
            SignatureAlgorithm.PS512,
            SignatureAlgorithm.ES256,
            SignatureAlgorithm.ES384,
            SignatureAlgorithm.ES512);

    private final OidcSettings settings;
    private final Set<String> tenants;
    private final OidcKeys keys;
    private final JwtDecoder decoder;

    OidcTokens(OidcSettings settings, String issuer, String audience, Collection<String> tenants) {
        this.settings = settings;
        this.tenants = Set.copyOf(tenants);
        this.keys = new OidcKeys(issuer, settings.jwkSetUri());
        this.decoder = decoder(keys, issuer, audience);
    }

    @Override
    public boolean knows(String token) {
        return JWT.matcher(token).matches();
    }

    @Override
    public Login check(String token) {
        Jwt jwt;
        try {
            jwt = decoder.decode(token);
        } catch (BadJwtException e) {
            return Login.Refused.of("token");
        } catch (JwtException e) {
            return keys.isFailing() ? new Login.Unavailable("the issuer of tokens") : Login.Refused.of("token");
        }
        String subject = jwt.getSubject();
        if (subject == null || !SUBJECT.matcher(subject).matches()) {
            return Login.Refused.of("subject");
        }
        String principal = "oidc:" + subject;
        if (!(claim(jwt.getClaims(), settings.tenantClaim()) instanceof String tenant) || !tenants.contains(tenant)) {
            return new Login.Refused("tenant", principal, null);
        }
        Optional<Role> role = role(claim(jwt.getClaims(), settings.roleClaim()));
        return role.isPresent()
                ? new Login.Accepted(principal, tenant, role.get())
                : new Login.Refused("role", principal, tenant);
    }

    /** The highest of those that are known. */
    private Optional<Role> role(@Nullable Object claim) {
        Collection<?> named =
                claim instanceof Collection<?> several ? several : claim == null ? List.of() : List.of(claim);
        return named.stream()
                .filter(String.class::isInstance)
                .flatMap(name -> Stream.ofNullable(settings.roles().get(name)))
                .max(Role::compareTo);
    }

    private static @Nullable Object claim(Map<?, ?> claims, String path) {
        Object whole = claims.get(path);
        if (whole != null) {
            return whole;
        }
        int dot = path.indexOf('.');
        return dot > 0 && claims.get(path.substring(0, dot)) instanceof Map<?, ?> inner
                ? claim(inner, path.substring(dot + 1))
                : null;
    }

    private static JwtDecoder decoder(OidcKeys keys, String issuer, String audience) {
        JWKSource<SecurityContext> source = JWKSourceBuilder.create(keys)
                .cache(KEYS_ARE_FRESH.toMillis(), KEYS_ARE_AWAITED.toMillis())
                .rateLimited(BETWEEN_READS.toMillis())
                .refreshAheadCache(false)
                .outageTolerant(KEYS_OUTLIVE_THE_ISSUER.toMillis())
                .build();
        JwtTimestampValidator time = new JwtTimestampValidator(CLOCK_SKEW);
        time.setAllowEmptyExpiryClaim(false);
        NimbusJwtDecoder decoder = NimbusJwtDecoder.withJwkSource(source)
                .jwsAlgorithms(algorithms -> algorithms.addAll(ASYMMETRIC))
                .build();
        decoder.setJwtValidator(new DelegatingOAuth2TokenValidator<>(
                time, new JwtIssuerValidator(issuer), new JwtAudienceValidator(audience)));
        return decoder;
    }
}
