/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.spring.boot;

import dev.ralph.ConfigurationException;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.core.task.TaskExecutor;
import org.springframework.core.task.support.ExecutorServiceAdapter;

/**
 * The threads of the application that runs are worked on, if it offers any: a run keeps one for as long as an iteration takes,
 * which may be hours. So the application's task executor is not taken unasked; it is for short tasks, and stops taking them
 * before runs have come to their end.
 */
final class StintThreads {

    /** A bean of this name is taken without a property. */
    static final String BEAN = "ralphExecutor";

    private final ConfigurableBeanFactory beans;
    private final String user;
    private final @Nullable String named;

    /**
     * Looks for them when asked.
     *
     * @param user the bean that uses them, and is destroyed before them
     */
    StintThreads(ConfigurableBeanFactory beans, String user, @Nullable String named) {
        this.beans = beans;
        this.user = user;
        this.named = named;
    }

    Optional<ExecutorService> find() {
        if (named == null) {
            return beans.containsBean(BEAN) ? Optional.of(executor(BEAN)) : Optional.empty();
        }
        if (!beans.containsBean(named)) {
            throw new ConfigurationException("ralph.executor-bean is '" + named
                    + "', but there is no bean of that name; name an ExecutorService or TaskExecutor, or leave it out");
        }
        return Optional.of(executor(named));
    }

    private ExecutorService executor(String name) {
        Object bean = beans.getBean(name);
        beans.registerDependentBean(name, user);
        if (bean instanceof ExecutorService service) {
            return service;
        }
        if (bean instanceof TaskExecutor tasks) {
            return new ExecutorServiceAdapter(tasks);
        }
        throw new ConfigurationException(
                "the bean '" + name + "' is a " + bean.getClass().getName()
                        + ", but must be an ExecutorService or a TaskExecutor for Ralph to work runs on");
    }
}
