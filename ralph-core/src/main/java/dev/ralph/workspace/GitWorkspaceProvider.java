/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.workspace;

import dev.ralph.ConfigurationException;
import dev.ralph.internal.workspace.CloneSource;
import dev.ralph.spi.ProviderContext;
import dev.ralph.spi.WorkspaceProvider;
import dev.ralph.spi.WorkspaceSource;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;

/** Workspaces of the type {@code git}: what {@link GitRemote} describes. They move. */
public final class GitWorkspaceProvider implements WorkspaceProvider {

    /**
     * The folder of this node's clones, one for each run; nodes of one host may share it. {@code ralph/workspaces} in the
     * user's cache ({@code $XDG_CACHE_HOME}, or {@code ~/.cache}) if not set.
     */
    public static final String FOLDER = "RALPH_WORKSPACES";

    /** Seconds that one fetch or push may take; 600 if not set. */
    public static final String TRANSFER_TIMEOUT = "RALPH_TRANSFER_TIMEOUT";

    /**
     * Which secret may be sent to which hosts: {@code NAME@host}, {@code NAME@host:port}, separated by commas, for HTTPS;
     * {@code NAME@http://host} allows a host without encryption. None if not set: a run that names a secret is refused, since
     * whoever submits it chooses the remote as well.
     */
    public static final String SECRETS = "RALPH_GIT_SECRETS";

    private static final int DEFAULT_TRANSFER_SECONDS = 600;
    private static final int MOST_TRANSFER_SECONDS = 86_400;

    /** For the service loader. */
    public GitWorkspaceProvider() {}

    @Override
    public String id() {
        return GitRemote.TYPE;
    }

    @Override
    public Set<String> properties() {
        return Set.of(FOLDER, TRANSFER_TIMEOUT, SECRETS);
    }

    @Override
    public WorkspaceSource create(ProviderContext context) {
        return new CloneSource(
                context.property(FOLDER)
                        .map(GitWorkspaceProvider::folder)
                        .orElseGet(GitWorkspaceProvider::defaultFolder),
                context.property(TRANSFER_TIMEOUT)
                        .map(GitWorkspaceProvider::timeout)
                        .orElse(Duration.ofSeconds(DEFAULT_TRANSFER_SECONDS)),
                context.property(SECRETS).orElse(""),
                context);
    }

    private static Path folder(String text) {
        try {
            return Path.of(text).toAbsolutePath().normalize();
        } catch (InvalidPathException e) {
            throw new ConfigurationException(FOLDER + " is '" + text + "', which is no path; set it to a folder", e);
        }
    }

    private static Path defaultFolder() {
        String cache = System.getenv("XDG_CACHE_HOME");
        String home = System.getProperty("user.home", "");
        Path base = cache != null && !cache.isBlank() && Path.of(cache).isAbsolute()
                ? Path.of(cache)
                : home.isBlank() ? Path.of(System.getProperty("java.io.tmpdir")) : Path.of(home, ".cache");
        return base.resolve("ralph").resolve("workspaces").toAbsolutePath().normalize();
    }

    private static Duration timeout(String text) {
        String rule = TRANSFER_TIMEOUT + " '" + text + "' must be a whole number of seconds from 1 to "
                + MOST_TRANSFER_SECONDS;
        try {
            int seconds = Integer.parseInt(text.strip());
            if (seconds < 1 || seconds > MOST_TRANSFER_SECONDS) {
                throw new ConfigurationException(rule);
            }
            return Duration.ofSeconds(seconds);
        } catch (NumberFormatException e) {
            throw new ConfigurationException(rule, e);
        }
    }
}
