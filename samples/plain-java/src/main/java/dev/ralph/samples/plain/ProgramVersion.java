/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.plain;

import dev.ralph.Orchestrator;
import picocli.CommandLine.IVersionProvider;

/** The versions of this program and of what it runs on. */
final class ProgramVersion implements IVersionProvider {

    private static final String DEVELOPMENT = "development";

    @Override
    public String[] getVersion() {
        return new String[] {
            "ralph " + of(ProgramVersion.class) + " (ralph-core " + of(Orchestrator.class) + ")",
            "Java " + Runtime.version() + ", " + System.getProperty("os.name") + " " + System.getProperty("os.arch")
        };
    }

    private static String of(Class<?> type) {
        String version = type.getPackage().getImplementationVersion();
        return version == null ? DEVELOPMENT : version;
    }
}
