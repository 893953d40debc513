/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.spring.catalog;

import dev.ralph.agent.CommandAgent;
import dev.ralph.spi.AgentAdapterProvider;
import java.nio.file.Path;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The demo's agent: a script, without a model or network. There is none without the demo. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnBooleanProperty(name = "host.demo", matchIfMissing = true)
class DemoAgent {

    @Bean
    AgentAdapterProvider demoAgentScript(HostProperties properties) {
        Path script = properties.home().resolve(DemoWorkspace.NAME).resolve("agent.sh");
        return CommandAgent.builder(DemoWorkspace.AGENT)
                .command("sh", script.toAbsolutePath().toString())
                .build();
    }
}
