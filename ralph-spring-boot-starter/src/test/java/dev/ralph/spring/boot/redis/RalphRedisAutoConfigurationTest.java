/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.spring.boot.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ralph.Orchestrator;
import dev.ralph.RunSpec;
import dev.ralph.cache.Caches;
import dev.ralph.cache.MemoryCaches;
import dev.ralph.cache.redis.RedisCaches;
import dev.ralph.spring.boot.RalphAutoConfiguration;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import redis.embedded.RedisServer;

class RalphRedisAutoConfigurationTest {

    private final ApplicationContextRunner contexts = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(RalphAutoConfiguration.class, RalphRedisAutoConfiguration.class))
            .withPropertyValues(
                    "ralph.agents.writer.command=sh,-c,cat >/dev/null; echo LOOP_COMPLETE", "ralph.agent=writer");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Test
    void nothingIsCachedUnlessItIsSaid() {
        contexts.run(context -> {
            assertThat(context).doesNotHaveBean(Caches.class);
            assertThat(context.getBean(Orchestrator.class).cacheFigures()).isEmpty();
        });
    }

    @Test
    void memoryNeedsNoRedis() {
        contexts.withPropertyValues("ralph.cache=memory").run(context -> {
            assertThat(context).doesNotHaveBean(Caches.class);
            assertThat(context.getBean(Orchestrator.class).cacheFigures()).containsKey("runs");
        });
    }

    @Test
    void aRedisNobodyNamedIsAnErrorThatTellsWhatToDo() {
        contexts.withPropertyValues("ralph.cache=redis")
                .run(context -> assertThat(context)
                        .getFailure()
                        .hasStackTraceContaining("set spring.data.redis.url, set ralph.redis-url"));
    }

    @Test
    void aRedisThatOnlyAConnectionFactoryKnowsIsNotTakenToBeOnThisHost() {
        contexts.withConfiguration(AutoConfigurations.of(DataRedisAutoConfiguration.class))
                .withPropertyValues("ralph.cache=redis")
                .run(context -> assertThat(context)
                        .getFailure()
                        .hasStackTraceContaining("the application does not say where Redis is"));
    }

    @Test
    void cachesOfTheApplicationGoBeforeOurs() {
        contexts.withPropertyValues("ralph.cache=redis")
                .withBean(Caches.class, MemoryCaches::new)
                .run(context -> assertThat(context).hasSingleBean(Caches.class).doesNotHaveBean(RedisCaches.class));
    }

    @Test
    @Tag("integration")
    void readingsAreInTheRedisOfTheApplication() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        RedisServer server =
                RedisServer.newRedisServer().bind("127.0.0.1").port(port).build();
        server.start();
        try {
            contexts.withConfiguration(AutoConfigurations.of(DataRedisAutoConfiguration.class))
                    .withPropertyValues(
                            "ralph.cache=redis",
                            "ralph.redis-key-prefix=starter",
                            "spring.data.redis.host=127.0.0.1",
                            "spring.data.redis.port=" + port)
                    .run(context -> {
                        Orchestrator ralph = context.getBean(Orchestrator.class);
                        var result = ralph.run(RunSpec.prompt("Say that it is done")
                                .workspace(folder)
                                .build());
                        assertThat(ralph.find(result.id())).isPresent();
                        assertThat(context.getBean(RedisCaches.class).outerTier())
                                .hasValueSatisfying(
                                        tier -> assertThat(tier.connected()).isTrue());
                    });
        } finally {
            server.stop();
        }
    }
}
