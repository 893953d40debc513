/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.spring.edge;

import dev.ralph.samples.spring.problem.ProblemWriter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.AnyNestedCondition;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.tomcat.ConfigurableTomcatWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.PropertySource;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/** Makes the parts of the edge. */
@Configuration(proxyBeanMethods = false)
@PropertySource("classpath:edge.properties")
class EdgeConfiguration {

    @Bean
    HostCheck hostCheck(EdgeSettings settings) {
        return new HostCheck(settings);
    }

    @Bean
    @Conditional(RedisIsConfigured.class)
    RedisBuckets redisBuckets(LettuceConnectionFactory connections, MeterRegistry meters) {
        return new RedisBuckets(connections::getRequiredNativeClient, meters, RedisBuckets.TIMEOUT);
    }

    @Bean
    RateLimiter rateLimiter(ObjectProvider<RedisBuckets> redis) {
        return new RateLimiter(new LocalBuckets(), redis.getIfAvailable(), InstantSource.system());
    }

    @Bean
    LoginLimit loginLimit(RateLimiter limiter, EdgeSettings settings) {
        return new LoginLimit(limiter, settings.loginRateLimit());
    }

    @Bean
    Edge edge(EdgeSettings settings, HostCheck hosts, RateLimiter limiter, ProblemWriter problems) {
        return new Edge(
                new AddressFilter(new ClientAddresses(settings)),
                new HostFilter(hosts, problems),
                CrossOrigin.filter(settings, problems),
                new AddressLimitFilter(limiter, settings.limitOfAddress(), problems),
                new PrincipalLimitFilter(limiter, settings.apiRateLimit(), problems));
    }

    @Bean
    WebServerFactoryCustomizer<ConfigurableTomcatWebServerFactory> problemsOfTheServer(ProblemWriter problems) {
        return server -> server.addContextCustomizers(
                context -> context.getParent().getPipeline().addValve(new ProblemReportValve(problems)));
    }

    /** Boot's own default is a Redis on this machine, which is none that somebody configured. */
    static final class RedisIsConfigured extends AnyNestedCondition {

        RedisIsConfigured() {
            super(ConfigurationPhase.REGISTER_BEAN);
        }

        @ConditionalOnProperty("spring.data.redis.host")
        static class ByHost {}

        @ConditionalOnProperty("spring.data.redis.url")
        static class ByUrl {}

        @ConditionalOnProperty("spring.data.redis.sentinel.master")
        static class BySentinel {}

        @ConditionalOnProperty("spring.data.redis.cluster.nodes")
        static class ByCluster {}

        @ConditionalOnProperty("spring.data.redis.cluster.nodes[0]")
        static class ByClusterList {}
    }
}
