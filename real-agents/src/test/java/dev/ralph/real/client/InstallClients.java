/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.real.client;

import java.io.IOException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives the {@link Installation} to whoever asks for one, and makes it once. */
public final class InstallClients implements ParameterResolver {

    /** For JUnit. */
    public InstallClients() {}

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Installation.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(ExtensionContext.Namespace.create(InstallClients.class))
                .computeIfAbsent(Installation.class, type -> make(), Installation.class);
    }

    private static Installation make() {
        try {
            return Installation.make();
        } catch (IOException e) {
            throw new ParameterResolutionException("the clients could not be installed", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ParameterResolutionException("interrupted while the clients were installed", e);
        }
    }
}
