/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.spring.boot.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ralph.ConfigurationException;
import java.util.ArrayList;
import java.util.List;
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
    void aPasswordForSentinelsIsPassedOn() {
        RedisAddress address = address(
                "spring.data.redis.sentinel.master=main",
                "spring.data.redis.sentinel.nodes=one:26379",
                "spring.data.redis.sentinel.username=ann",
                "spring.data.redis.sentinel.password=p");
        assertThat(address.url()).isEqualTo("redis-sentinel://one:26379/0#main");
        assertThat(address.sentinelUser()).isEqualTo("ann");
        assertThat(address.sentinelPassword()).isEqualTo("p");
    }

    @Test
    void aBlankLoginForSentinelsIsNone() {
        RedisAddress address = address(
                "spring.data.redis.sentinel.master=main",
                "spring.data.redis.sentinel.nodes=one:26379",
                "spring.data.redis.sentinel.username=",
                "spring.data.redis.sentinel.password=");
        assertThat(address.sentinelUser()).isNull();
        assertThat(address.sentinelPassword()).isNull();
    }

    @Test
    void aUserOfSentinelsWithoutAPasswordIsRefused() {
        assertThatThrownBy(() -> urlWith(
                        "spring.data.redis.sentinel.master=main",
                        "spring.data.redis.sentinel.nodes=one:26379",
                        "spring.data.redis.sentinel.username=ann"))
                .hasMessageContaining("spring.data.redis.sentinel.username is set without")
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
        assertThat(new RedisAddress("redis://:secret@cache", "", "secret", "secret"))
                .asString()
                .doesNotContain("secret");
    }

    private static String urlWith(String... properties) {
        return address(properties).url();
    }

    private static RedisAddress address(String... properties) {
        List<RedisAddress> found = new ArrayList<>();
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(DataRedisAutoConfiguration.class))
                .withPropertyValues(properties)
                .run(context -> found.add(RedisAddress.of(context.getBean(DataRedisConnectionDetails.class))));
        return found.get(0);
    }
}
