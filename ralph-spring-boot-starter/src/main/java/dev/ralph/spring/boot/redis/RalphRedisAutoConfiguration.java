/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.spring.boot.redis;

import dev.ralph.cache.Caches;
import dev.ralph.cache.redis.RedisCaches;
import dev.ralph.spi.ProviderContext;
import dev.ralph.spring.boot.RalphAutoConfiguration;
import dev.ralph.spring.boot.properties.RalphSettings;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;

/** Caches in the application's Redis, if {@code ralph.cache} is {@code redis}. */
@AutoConfiguration(
        after = RalphAutoConfiguration.class,
        afterName = "org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration")
@ConditionalOnBean(RalphSettings.class)
@ConditionalOnClass(RedisCaches.class)
@ConditionalOnProperty(name = "ralph.cache", havingValue = "redis")
public class RalphRedisAutoConfiguration {

    /** For Spring. */
    public RalphRedisAutoConfiguration() {}

    @Bean
    @Lazy
    @ConditionalOnMissingBean(Caches.class)
    RedisCaches ralphCaches(BeanFactory beans, ProviderContext context) {
        return HostRedis.open(beans, context);
    }
}
