/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.spring.boot.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ralph.ConfigurationException;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.data.redis.autoconfigure.DataRedisConnectionDetails;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class RedisAddressTest {

    @Test
    void oneServer() {
        assertThat(urlWith(
                        "spring.data.redis.host=cache",
                        "spring.data.redis.port=6380",
                        "spring.data.redis.database=3",
                        "spring.data.redis.username=ann",
                        "spring.data.redis.password=a/b:c d"))
                .isEqualTo("redis://ann:a%2Fb%3Ac%20d@cache:6380/3");
    }

    @Test
    void oneServerByItsUrl() {
        assertThat(urlWith("spring.data.redis.url=redis://:secret@[::1]:6379/1"))
                .isEqualTo("redis://:secret@[::1]:6379/1");
    }

    @Test
    void sentinels() {
        assertThat(urlWith(
                        "spring.data.redis.sentinel.master=main",
                        "spring.data.redis.sentinel.nodes=one:26379,two:26380"))
                .isEqualTo("redis-sentinel://one:26379,two:26380/0#main");
    }

    @Test
    void aCluster() {
        assertThat(urlWith("spring.data.redis.cluster.nodes=one:6379,two:6379", "spring.data.redis.password=p"))
                .isEqualTo("redis-cluster://:p@one:6379,two:6379");
    }

    @Test
    void encryptedWithTheCertificatesOfTheJvm() {
        assertThat(urlWith("spring.data.redis.host=cache", "spring.data.redis.ssl.enabled=true"))
                .isEqualTo("rediss://cache:6379/0");
    }

    @Test
    void aPasswordForSentinelsIsRefused() {
        assertThatThrownBy(() -> urlWith(
                        "spring.data.redis.sentinel.master=main",
                        "spring.data.redis.sentinel.nodes=one:26379",
                        "spring.data.redis.sentinel.password=p"))
                .hasMessageContaining("spring.data.redis.sentinel.username or .password")
                .isInstanceOf(ConfigurationException.class);
    }

    @Test
    void aUserWithoutAPasswordIsRefused() {
        assertThatThrownBy(() -> urlWith("spring.data.redis.host=cache", "spring.data.redis.username=ann"))
                .hasMessageContaining("spring.data.redis.username is set without spring.data.redis.password")
                .isInstanceOf(ConfigurationException.class);
    }

    @Test
    void itShowsNoPassword() {
        assertThat(new RedisAddress("redis://:secret@cache", "")).asString().doesNotContain("secret");
    }

    private static String urlWith(String... properties) {
        String[] url = new String[1];
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(DataRedisAutoConfiguration.class))
                .withPropertyValues(properties)
                .run(context -> url[0] = RedisAddress.of(context.getBean(DataRedisConnectionDetails.class))
                        .url());
        return url[0];
    }
}
