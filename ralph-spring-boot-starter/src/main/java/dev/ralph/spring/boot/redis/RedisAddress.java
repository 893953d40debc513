/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.spring.boot.redis;

import dev.ralph.ConfigurationException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.cert.Certificate;
import java.security.cert.CertificateEncodingException;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.data.redis.autoconfigure.DataRedisConnectionDetails;
import org.springframework.boot.ssl.SslBundle;

/**
 * Where the application's Redis is, in the library's form. Never shown.
 *
 * @param url with user and password
 * @param trusted certificates to trust with TLS, in PEM; empty for those the JVM trusts
 * @param sentinelUser by whom sentinels are asked; null for their default user
 * @param sentinelPassword null if they have none of their own
 */
record RedisAddress(
        String url,
        String trusted,
        @Nullable String sentinelUser,
        @Nullable String sentinelPassword) {

    private static final Base64.Encoder PEM = Base64.getMimeEncoder(64, new byte[] {'\n'});

    /**
     * Reads what the application says.
     *
     * @throws ConfigurationException if the cache has no words for it
     */
    static RedisAddress of(DataRedisConnectionDetails details) {
        SslBundle tls = details.getSslBundle();
        String scheme = tls == null ? "redis" : "rediss";
        String login = login(details.getUsername(), details.getPassword());
        String trusted = tls == null ? "" : trusted(tls);
        DataRedisConnectionDetails.Sentinel sentinel = details.getSentinel();
        if (sentinel != null) {
            String user = given(sentinel.getUsername());
            String password = given(sentinel.getPassword());
            if (user != null && password == null) {
                throw new ConfigurationException("spring.data.redis.sentinel.username is set without"
                        + " spring.data.redis.sentinel.password; set both, or leave both out");
            }
            return new RedisAddress(
                    scheme + "-sentinel://" + login + hosts(sentinel.getNodes()) + "/" + sentinel.getDatabase() + "#"
                            + sentinel.getMaster(),
                    trusted,
                    user,
                    password);
        }
        DataRedisConnectionDetails.Cluster cluster = details.getCluster();
        if (cluster != null) {
            return new RedisAddress(scheme + "-cluster://" + login + hosts(cluster.getNodes()), trusted, null, null);
        }
        if (details.getMasterReplica() != null) {
            throw new ConfigurationException("spring.data.redis.masterreplica names a server and its replicas, which"
                    + " Ralph's cache does not tell apart; set ralph.redis-url to the server that takes writes");
        }
        DataRedisConnectionDetails.Standalone server = details.getStandalone();
        if (server == null) {
            throw new ConfigurationException("the application's Redis is neither one server nor sentinels nor a"
                    + " cluster; set ralph.redis-url");
        }
        return new RedisAddress(
                scheme + "://" + login + host(server.getHost(), server.getPort()) + "/" + server.getDatabase(),
                trusted,
                null,
                null);
    }

    private static String login(@Nullable String user, @Nullable String password) {
        if (password == null || password.isEmpty()) {
            if (user != null && !user.isEmpty()) {
                throw new ConfigurationException("spring.data.redis.username is set without spring.data.redis.password;"
                        + " set both, or leave both out");
            }
            return "";
        }
        return (user == null ? "" : encoded(user)) + ":" + encoded(password) + "@";
    }

    private static @Nullable String given(@Nullable String text) {
        return text == null || text.isEmpty() ? null : text;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static String hosts(List<DataRedisConnectionDetails.Node> nodes) {
        return nodes.stream().map(node -> host(node.host(), node.port())).collect(Collectors.joining(","));
    }

    private static String host(String name, int port) {
        return (name.indexOf(':') >= 0 && !name.startsWith("[") ? "[" + name + "]" : name) + ":" + port;
    }

    private static String trusted(SslBundle tls) {
        if (tls.getStores().getKeyStore() != null) {
            throw new ConfigurationException("spring.data.redis.ssl.bundle has a key store, but Ralph's cache shows no"
                    + " certificate of its own; use a bundle with a trust store alone, or set ralph.redis-url to a Redis"
                    + " that asks for none");
        }
        KeyStore store = tls.getStores().getTrustStore();
        if (store == null) {
            return "";
        }
        StringBuilder pem = new StringBuilder();
        try {
            for (String alias : Collections.list(store.aliases())) {
                Certificate certificate = store.getCertificate(alias);
                if (certificate != null) {
                    pem.append("-----BEGIN CERTIFICATE-----\n")
                            .append(PEM.encodeToString(certificate.getEncoded()))
                            .append("\n-----END CERTIFICATE-----\n");
                }
            }
        } catch (KeyStoreException | CertificateEncodingException e) {
            throw new ConfigurationException(
                    "the trust store of spring.data.redis.ssl.bundle cannot be read; set ralph.redis-certificates to a"
                            + " PEM file",
                    e);
        }
        return pem.toString();
    }

    /** Without user and password. */
    @Override
    public String toString() {
        return "RedisAddress";
    }
}
