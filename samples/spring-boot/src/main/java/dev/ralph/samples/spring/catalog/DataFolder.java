/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.spring.catalog;

import dev.ralph.ConfigurationException;
import java.io.IOException;
import java.nio.file.Path;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** Makes the data folder before a database makes it with the rights of everybody's files. */
@Configuration(proxyBeanMethods = false)
class DataFolder {

    private static final String HOME = "host.home";

    @Bean
    static BeanFactoryPostProcessor madeDataFolder(Environment environment) {
        return beans -> make(environment.getRequiredProperty(HOME));
    }

    private static void make(String home) {
        try {
            PrivateFolder.make(Path.of(home));
        } catch (IOException e) {
            throw new ConfigurationException(
                    "the data folder '" + home + "' cannot be made (" + e
                            + "); set HOST_HOME to a folder this process may write",
                    e);
        }
    }
}
