/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.spring.catalog;

import dev.ralph.agent.CommandAgent;
import dev.ralph.spi.AgentAdapterProvider;
import java.nio.file.Path;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * The demo's agent: a script, without a model or network. There is none without the demo, or where the administrator has set up
 * another agent by its id.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnBooleanProperty(name = "host.demo", matchIfMissing = true)
@Conditional(DemoAgent.IdIsFree.class)
class DemoAgent {

    @Bean
    AgentAdapterProvider demoAgentScript(HostProperties properties) {
        Path script = properties.home().resolve(DemoWorkspace.NAME).resolve("agent.sh");
        return CommandAgent.builder(DemoWorkspace.AGENT)
                .command("sh", script.toAbsolutePath().toString())
                .build();
    }

    static final class IdIsFree implements Condition {

        @Override
        public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
            return !Binder.get(context.getEnvironment())
                    .bind("ralph.agents." + DemoWorkspace.AGENT, Bindable.mapOf(String.class, Object.class))
                    .isBound();
        }
    }
}
