/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.workspace;

import dev.ralph.process.ProcessLauncher;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives tests git as production runs it, through one launcher for all of them. */
final class SharedGit implements ParameterResolver {

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == GitRunner.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        ProcessLauncher launcher = context.getRoot()
                .getStore(Namespace.create(SharedGit.class))
                .computeIfAbsent(ProcessLauncher.class, key -> ProcessLauncher.create(), ProcessLauncher.class);
        return new ContainedGit(launcher);
    }
}
