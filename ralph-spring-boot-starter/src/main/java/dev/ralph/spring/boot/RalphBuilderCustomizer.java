/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.spring.boot;

import dev.ralph.OrchestratorBuilder;

/**
 * Says to the builder of the orchestrator what no property and no bean says. Beans of this type are called in their order
 * ({@link org.springframework.core.annotation.Order}), after everything else, so that they have the last word; once, before the
 * application is ready.
 */
@FunctionalInterface
public interface RalphBuilderCustomizer {

    /** Changes what it likes; does not build. */
    void customize(OrchestratorBuilder builder);
}
