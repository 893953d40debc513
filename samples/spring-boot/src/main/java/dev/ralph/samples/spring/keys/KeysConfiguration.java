/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.spring.keys;

import org.springframework.boot.flyway.autoconfigure.FlywayConfigurationCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The host's own tables: a schema and a history of their own, apart from those of Ralph, which its store looks after itself. */
@Configuration(proxyBeanMethods = false)
class KeysConfiguration {

    private static final String SCHEMA = "host";

    @Bean
    FlywayConfigurationCustomizer tablesOfTheHost() {
        return flyway -> flyway.locations("classpath:db/host")
                .schemas(SCHEMA)
                .defaultSchema(SCHEMA)
                .table("schema_history")
                .failOnMissingLocations(true)
                .ignoreMigrationPatterns("*:future");
    }
}
