/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.spring.boot.jdbc;

import dev.ralph.ConfigurationException;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.NoUniqueBeanDefinitionException;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.util.ClassUtils;

/** The data sources of the application. */
final class DataSources {

    /** A bean of this name goes before the primary data source. */
    static final String WORK = "ralphDataSource";

    /** A bean of this name renews leases; one connection. */
    static final String LEASES = "ralphLeaseDataSource";

    /** A bean of this name hears and tells other nodes; two connections. */
    static final String SIGNALS = "ralphSignalDataSource";

    private static final String DETAILS = "org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails";

    private final BeanFactory beans;

    DataSources(BeanFactory beans) {
        this.beans = beans;
    }

    /**
     * Where runs are to be.
     *
     * @throws ConfigurationException if there are several data sources, and none is primary
     */
    Optional<DataSource> work() {
        Optional<DataSource> ours = named(WORK);
        if (ours.isPresent()) {
            return ours;
        }
        try {
            return Optional.ofNullable(beans.getBeanProvider(DataSource.class).getIfAvailable());
        } catch (NoUniqueBeanDefinitionException e) {
            throw new ConfigurationException(
                    "there are several data sources, " + e.getBeanNamesFound() + ", and none is primary; mark one"
                            + " @Primary, name the one for Ralph " + WORK + ", or set ralph.store to memory",
                    e);
        }
    }

    Optional<DataSource> leases() {
        return named(LEASES);
    }

    Optional<DataSource> signals() {
        return named(SIGNALS);
    }

    /** How to connect as the application does; empty if that is not in its properties, or there is no module for it. */
    Optional<DerivedPools.Login> login() {
        if (!ClassUtils.isPresent(DETAILS, getClass().getClassLoader())) {
            return Optional.empty();
        }
        return Optional.ofNullable(
                        beans.getBeanProvider(JdbcConnectionDetails.class).getIfUnique())
                .map(details ->
                        new DerivedPools.Login(details.getJdbcUrl(), details.getUsername(), details.getPassword()));
    }

    private Optional<DataSource> named(String name) {
        return beans.containsBean(name) ? Optional.of(beans.getBean(name, DataSource.class)) : Optional.empty();
    }
}
