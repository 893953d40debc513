/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc.fault;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.BeforeTestExecutionCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives each test its {@link Figures}, and prints at the end of all which faults were survived. */
public final class FaultTable implements ParameterResolver, BeforeTestExecutionCallback, AfterTestExecutionCallback {

    private static final ExtensionContext.Namespace OWN = ExtensionContext.Namespace.create(FaultTable.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Figures.class;
    }

    @Override
    public Figures resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return figures(context);
    }

    @Override
    public void beforeTestExecution(ExtensionContext context) {
        context.getStore(OWN).put("began", System.nanoTime());
    }

    @Override
    public void afterTestExecution(ExtensionContext context) {
        long began = context.getStore(OWN).getOrDefault("began", Long.class, 0L);
        context.getRoot()
                .getStore(OWN)
                .computeIfAbsent(Table.class, type -> new Table(), Table.class)
                .add(
                        context.getDisplayName(),
                        context.getExecutionException().isEmpty(),
                        Duration.ofNanos(System.nanoTime() - began),
                        figures(context));
    }

    private static Figures figures(ExtensionContext context) {
        return context.getStore(OWN).computeIfAbsent(Figures.class, type -> new Figures(), Figures.class);
    }

    private static final class Table implements AutoCloseable {

        private final List<String> rows = new ArrayList<>();

        synchronized void add(String fault, boolean passed, Duration took, Figures figures) {
            rows.add("| %s | %s | %d s | %s |".formatted(fault, passed ? "pass" : "FAIL", took.toSeconds(), figures));
        }

        @Override
        @SuppressWarnings("SystemOut")
        public synchronized void close() {
            System.out.println(
                    "\n| fault | result | took | figures |\n|---|---|---|---|\n" + String.join("\n", rows) + "\n");
        }
    }
}
