/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.engine;

import dev.ralph.VersionControl;
import dev.ralph.internal.config.ConfigKeys;
import dev.ralph.internal.config.Configuration;
import dev.ralph.internal.worker.WorkspaceSources;
import dev.ralph.internal.workspace.WorkspaceOptions;
import dev.ralph.spi.ProviderContext;
import dev.ralph.spi.WorkspaceProvider;
import dev.ralph.spi.WorkspaceSource;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** What configuration says of workspaces. */
final class WorkspaceSettings {

    private WorkspaceSettings() {}

    static WorkspaceOptions options(Configuration configuration, InstantSource clock) {
        WorkspaceOptions options = WorkspaceOptions.defaults().withClock(clock);
        VersionControl choice = configuration
                .find(
                        ConfigKeys.VERSION_CONTROL,
                        text -> VersionControl.valueOf(text.toUpperCase(Locale.ROOT)),
                        "auto, git or none")
                .orElse(options.versionControl());
        return configuration
                .find(
                        ConfigKeys.WORKSPACE_TIMEOUT,
                        text -> options.withTimeout(Duration.ofSeconds(Integer.parseInt(text))),
                        "a whole number of seconds from 1 on")
                .orElse(options)
                .withVersionControl(choice);
    }

    /** Makes a source of every kind there is a provider of. */
    static WorkspaceSources sources(Map<String, WorkspaceProvider> providers, ProviderContext context, Owned owned) {
        Map<String, WorkspaceSource> sources = new LinkedHashMap<>();
        providers.forEach((type, provider) -> sources.put(type, owned.add(provider.create(context))));
        return new WorkspaceSources(sources);
    }
}
