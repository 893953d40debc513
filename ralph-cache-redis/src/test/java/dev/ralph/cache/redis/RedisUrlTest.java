/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.cache.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.ralph.ConfigurationException;
import dev.ralph.cache.redis.RedisUrl.Host;
import dev.ralph.cache.redis.RedisUrl.Kind;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedisUrlTest {

    @Test
    void readsAServer() {
        assertThat(RedisUrl.parse("redis://localhost"))
                .isEqualTo(new RedisUrl(Kind.SERVER, false, List.of(new Host("localhost", 6379)), null, null, 0, null));
        assertThat(RedisUrl.parse("rediss://ralph:s%40:c%2Fret+%25@[::1]:7000/3"))
                .isEqualTo(new RedisUrl(
                        Kind.SERVER, true, List.of(new Host("::1", 7000)), "ralph", "s@:c/ret+%", 3, null));
        assertThat(RedisUrl.parse("redis://:secret@host").password()).isEqualTo("secret");
        assertThat(RedisUrl.parse("redis://:secret@host").user()).isNull();
        assertThat(RedisUrl.parse("redis://secret@host").password()).isEqualTo("secret");
    }

    @Test
    void readsSentinelsAndAMaster() {
        assertThat(RedisUrl.parse("redis-sentinel://u:p@one,two:1234/1#my-master"))
                .isEqualTo(new RedisUrl(
                        Kind.SENTINELS,
                        false,
                        List.of(new Host("one", 26379), new Host("two", 1234)),
                        "u",
                        "p",
                        1,
                        "my-master"));
    }

    @Test
    void readsACluster() {
        assertThat(RedisUrl.parse("rediss-cluster://one,two:1234"))
                .isEqualTo(new RedisUrl(
                        Kind.CLUSTER,
                        true,
                        List.of(new Host("one", 6379), new Host("two", 1234)),
                        null,
                        null,
                        0,
                        null));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hunter2",
                "http://u:hunter2@host",
                "redis://u:hunter2@",
                "redis://u:hunter2@host:0",
                "redis://u:hunter2@host:99999",
                "redis://u:hunter2@host/x",
                "redis://u:hunter2%zz@host",
                "redis://u:hunter2@one,two",
                "redis://u:hunter2@host#master",
                "redis://u:hunter2@host?timeout=1s",
                "redis-sentinel://u:hunter2@host",
                "redis-cluster://u:hunter2@host/1",
                "redis://u:hunter2@a@host"
            })
    void refusesAnotherFormWithoutShowingIt(String url) {
        Throwable thrown = catchThrowable(() -> RedisUrl.parse(url));

        assertThat(thrown).isInstanceOf(ConfigurationException.class).hasMessageContaining("redis-sentinel://");
        assertThat(everythingOf(thrown)).doesNotContain("hunter2");
    }

    @Test
    void showsNoCredentials() {
        RedisUrl url = RedisUrl.parse("redis://someone:hunter2@host");

        assertThat(url.toString()).contains("host").doesNotContain("hunter2").doesNotContain("someone");
        assertThat(url.redacted("bad hunter2")).isEqualTo("bad ***");
    }

    static String everythingOf(Throwable thrown) {
        StringWriter text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text));
        return text.toString();
    }

    @Test
    void neitherUserNorPasswordIsShownInAnyForm() {
        RedisUrl url = RedisUrl.parse("redis://some%2Fone:hunter%402@host");

        assertThat(url.redacted("'some/one' with hunter@2, hunter%402")).isEqualTo("'***' with ***, ***");
        assertThat(RedisUrl.parse("redis://a:hunter2@host").redacted("bad day for a"))
                .isEqualTo("bad day for ***");
    }
}
