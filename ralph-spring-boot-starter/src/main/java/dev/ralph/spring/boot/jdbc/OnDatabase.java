/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.spring.boot.jdbc;

import dev.ralph.spring.boot.properties.PropertyText;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.ConfigurationCondition;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** Whether runs are to be in a database: it is said so, or there is a data source and nothing else is said. */
final class OnDatabase extends SpringBootCondition implements ConfigurationCondition {

    private static final String STORE = "ralph.store";
    private static final String URL = "DATABASE_URL";

    /** For Spring. */
    OnDatabase() {}

    @Override
    public ConfigurationPhase getConfigurationPhase() {
        return ConfigurationPhase.REGISTER_BEAN;
    }

    @Override
    public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
        ConditionMessage.Builder message = ConditionMessage.forCondition("Ralph's database");
        ConfigurableEnvironment environment = (ConfigurableEnvironment) context.getEnvironment();
        String store = PropertyText.find(environment, STORE).orElse("");
        if (!store.isEmpty()) {
            boolean jdbc = store.equals("jdbc");
            return new ConditionOutcome(jdbc, message.because(STORE + " is '" + store + "'"));
        }
        Optional<String> named = Stream.of("ralph.database-url", URL, "ralph.store-file")
                .filter(name -> PropertyText.find(environment, name).isPresent())
                .findFirst()
                .or(() -> Optional.of("the secret " + URL).filter(secret -> inFolder(environment)));
        if (named.isPresent()) {
            return ConditionOutcome.match(message.because(named.get() + " is set"));
        }
        ConfigurableListableBeanFactory beans = context.getBeanFactory();
        boolean source = beans != null
                && BeanFactoryUtils.beanNamesForTypeIncludingAncestors(beans, DataSource.class, true, false).length > 0;
        return source
                ? ConditionOutcome.match(message.because("there is a data source"))
                : ConditionOutcome.noMatch(message.because("there is no data source"));
    }

    /** Sources of secrets that are beans are not there yet, and so cannot be asked. */
    private static boolean inFolder(ConfigurableEnvironment environment) {
        return PropertyText.find(environment, "ralph.secrets-dir")
                .filter(folder -> Files.isRegularFile(Path.of(folder, URL)))
                .isPresent();
    }
}
