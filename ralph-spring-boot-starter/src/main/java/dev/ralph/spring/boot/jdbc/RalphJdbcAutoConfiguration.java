/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.spring.boot.jdbc;

import dev.ralph.spi.Dispatcher;
import dev.ralph.spi.ProviderContext;
import dev.ralph.spi.Store;
import dev.ralph.spring.boot.RalphAutoConfiguration;
import dev.ralph.spring.boot.properties.RalphSettings;
import dev.ralph.store.jdbc.JdbcStore;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Lazy;

/**
 * Keeps runs in the application's database, and shares the work among nodes if that is PostgreSQL. A {@link Store} or a
 * {@link Dispatcher} of the application's goes before these. The database is opened when the orchestrator is built: an
 * {@link dev.ralph.Orchestrator} of the application's needs none of this.
 */
@AutoConfiguration(
        after = RalphAutoConfiguration.class,
        afterName = "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration")
@ConditionalOnBean(RalphSettings.class)
@ConditionalOnClass(JdbcStore.class)
@Conditional(OnDatabase.class)
public class RalphJdbcAutoConfiguration {

    /** For Spring. */
    public RalphJdbcAutoConfiguration() {}

    @Bean
    @Lazy
    @ConditionalOnMissingBean(Store.class)
    RunDatabase ralphDatabase(BeanFactory beans, ProviderContext context) {
        return RunDatabase.open(new DataSources(beans), context);
    }

    @Bean(destroyMethod = "")
    @Lazy
    @ConditionalOnBean(RunDatabase.class)
    @ConditionalOnMissingBean(Store.class)
    JdbcStore ralphStore(RunDatabase database) {
        return database.store();
    }

    /** Null, which is no bean, where this process works alone: core has a dispatcher for that. */
    @Bean
    @Lazy
    @ConditionalOnBean(RunDatabase.class)
    @ConditionalOnMissingBean(Dispatcher.class)
    @Nullable Dispatcher ralphDispatcher(RunDatabase database, ProviderContext context) {
        return database.dispatcher(context).orElse(null);
    }
}
