/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.cache.redis;

import static dev.ralph.cache.redis.TestRegions.TEXTS;
import static dev.ralph.cache.redis.TestRegions.load;
import static dev.ralph.cache.redis.TestRegions.shares;
import static dev.ralph.cache.redis.TestRegions.soon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.ralph.ConfigurationException;
import dev.ralph.cache.Loaded;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With a user, a password and TLS. */
@Tag("integration")
class RedisAccessTest {

    /** What docs/caching.md says a user needs. */
    static final String USER = "ACL SETUSER someone on >hunter2@ ~ralph:* resetchannels &ralph:* -@all +hello +auth"
            + " +client +ping +select +subscribe +unsubscribe +publish +eval +evalsha +time +get +set +del +pttl +pexpire"
            + " +hget +hset +hmget +hdel +hkeys +scan +unlink";

    private static RedisCaches open(String url) {
        return builder(url).build();
    }

    private static RedisCachesBuilder builder(String url) {
        return RedisCaches.builder()
                .url(url)
                .config(RedisCacheConfig.DEFAULT.withConnections(1).withCallTimeout(Duration.ofSeconds(10)));
    }

    @Test
    void aUserNeedsFewPermissions() throws Exception {
        try (RedisProcess redis = RedisProcess.start()) {
            redis.command(USER);
            redis.command("ACL SETUSER default off");
            String url = redis.url().replace("//", "//someone:hunter2%40@");
            try (RedisCaches here = open(url);
                    RedisCaches there = open(url)) {
                assertThat(shares(here.region(TEXTS), there.region(TEXTS), "key"))
                        .isTrue();
                here.region(TEXTS).invalidate("key", 2);
                soon("an invalidation", () -> there.region(TEXTS).get("key").isEmpty());
                here.region(TEXTS).invalidateAll();
                here.region(TEXTS).evict("key");
                here.region(TEXTS).get("none", Loaded::none);
                assertThat(here.status().subscribed()).isTrue();
                assertThat(here.status().failures()).isZero();
                assertThat(there.status().failures()).isZero();
            }
        }
    }

    @Test
    void aWrongPasswordIsAMistakeOfTheConfigurationAndNotShown() throws Exception {
        try (RedisProcess redis = RedisProcess.start()) {
            redis.command(USER);
            redis.command("ACL SETUSER default off");

            Throwable wrong = catchThrowable(() -> open(redis.url().replace("//", "//someone:secret7@")));
            Throwable none = catchThrowable(() -> open(redis.url()));

            assertThat(wrong).isInstanceOf(ConfigurationException.class).hasMessageContaining("WRONGPASS");
            assertThat(RedisUrlTest.everythingOf(wrong)).doesNotContain("secret7");
            assertThat(none).isInstanceOf(ConfigurationException.class).hasMessageContaining("NOAUTH");
        }
    }

    @Test
    void aMissingPermissionIsAMistakeOfTheConfiguration() throws Exception {
        try (RedisProcess redis = RedisProcess.start()) {
            redis.command(USER.replace("&ralph:*", "&other:*"));

            Throwable thrown = catchThrowable(() -> open(redis.url().replace("//", "//someone:hunter2%40@")));

            assertThat(thrown).isInstanceOf(ConfigurationException.class).hasMessageContaining("NOPERM");
        }
    }

    @Test
    void connectionsAreEncryptedToAServerWhoseCertificateIsTrusted(@TempDir Path directory) throws Exception {
        Path certificate = directory.resolve("certificate.pem");
        Path key = directory.resolve("key.pem");
        makeCertificate(directory, certificate, key);
        int port = RedisProcess.freePort();
        try (RedisProcess redis = RedisProcess.start(
                port,
                "--port",
                "0",
                "--tls-port",
                String.valueOf(port),
                "--tls-cert-file",
                certificate.toString(),
                "--tls-key-file",
                key.toString(),
                "--tls-ca-cert-file",
                certificate.toString(),
                "--tls-auth-clients",
                "no",
                "--requirepass",
                "hunter2")) {
            String url = "rediss://:hunter2@localhost:" + redis.port();
            try (RedisCaches here =
                            builder(url).trustedCertificates(certificate).build();
                    RedisCaches there =
                            builder(url).trustedCertificates(certificate).build()) {
                assertThat(here.status().connected()).isTrue();
                assertThat(shares(here.region(TEXTS), there.region(TEXTS), "key"))
                        .isTrue();
            }
            try (RedisCaches distrusting = builder(url).build()) {
                assertThat(distrusting.status().connected())
                        .as("with a certificate nobody vouches for")
                        .isFalse();
                assertThat(load(distrusting.region(TEXTS), "key", "loaded", 1)).isEqualTo("loaded");
            }
        }
    }

    private static void makeCertificate(Path directory, Path certificate, Path key) throws Exception {
        Path store = directory.resolve("store.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "redis",
                        "-keyalg",
                        "RSA",
                        "-keysize",
                        "2048",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "san=dns:localhost,ip:127.0.0.1",
                        "-validity",
                        "2",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        "changeit")
                .inheritIO()
                .start();
        assertThat(keytool.waitFor()).isZero();
        KeyStore keys = KeyStore.getInstance(store.toFile(), "changeit".toCharArray());
        pem(certificate, "CERTIFICATE", keys.getCertificate("redis").getEncoded());
        pem(key, "PRIVATE KEY", keys.getKey("redis", "changeit".toCharArray()).getEncoded());
    }

    private static void pem(Path file, String kind, byte[] bytes) throws IOException {
        Files.writeString(
                file,
                "-----BEGIN " + kind + "-----\n" + Base64.getMimeEncoder().encodeToString(bytes) + "\n-----END " + kind
                        + "-----\n");
    }
}
