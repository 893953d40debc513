/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.spring.access;

import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSetCacheRefreshEvaluator;
import com.nimbusds.jose.jwk.source.JWKSetSource;
import com.nimbusds.jose.jwk.source.JWKSetUnavailableException;
import com.nimbusds.jose.jwk.source.URLBasedJWKSetSource;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.jose.util.ResourceRetriever;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.text.ParseException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The public keys of an issuer, by its discovery document or from where configuration says. Waits and reads within bounds. */
final class OidcKeys implements JWKSetSource<SecurityContext> {

    private static final int TIMEOUT_MILLIS = 2_000;
    private static final int MAX_BYTES = 512 * 1024;

    private final String issuer;
    private final ResourceRetriever http = new DefaultResourceRetriever(TIMEOUT_MILLIS, TIMEOUT_MILLIS, MAX_BYTES);
    private volatile @Nullable URL keys;
    private volatile boolean failing;

    OidcKeys(String issuer, @Nullable String jwkSetUri) {
        this.issuer = issuer;
        this.keys = jwkSetUri == null ? null : url(jwkSetUri);
    }

    /** Whether the keys could not be read when they were last asked for. */
    boolean isFailing() {
        return failing;
    }

    @Override
    public JWKSet getJWKSet(JWKSetCacheRefreshEvaluator refresh, long now, @Nullable SecurityContext context)
            throws KeySourceException {
        failing = true;
        URL from = keys;
        if (from == null) {
            from = discovered();
            keys = from;
        }
        JWKSet found = new URLBasedJWKSetSource<>(from, http).getJWKSet(refresh, now, context);
        failing = false;
        return found;
    }

    private URL discovered() throws KeySourceException {
        String document = (issuer.endsWith("/") ? issuer : issuer + "/") + ".well-known/openid-configuration";
        try {
            Map<String, Object> metadata =
                    JSONObjectUtils.parse(http.retrieveResource(url(document)).getContent());
            if (!issuer.equals(JSONObjectUtils.getString(metadata, "issuer"))) {
                throw new JWKSetUnavailableException("the discovery document of " + issuer + " is of another issuer");
            }
            String uri = JSONObjectUtils.getString(metadata, "jwks_uri");
            if (uri == null) {
                throw new JWKSetUnavailableException("the discovery document of " + issuer + " has no jwks_uri");
            }
            return url(uri);
        } catch (IOException | ParseException e) {
            throw new JWKSetUnavailableException("the discovery document of " + issuer + " cannot be read", e);
        }
    }

    private static URL url(String text) {
        try {
            return URI.create(text).toURL();
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException("no URL: " + text, e);
        }
    }

    @Override
    public void close() {
        // Connections end with each answer.
    }
}
