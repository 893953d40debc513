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

    /**
     * Days after which a clone is deleted that its run did not come back to, because it went on or ended on another node; 7 if
     * not set. One with an iteration that could not be published stays for at least 30, and one that a run left behind with edits
     * that are nowhere else until somebody deletes it.
     */
    public static final String UNUSED_DAYS = "RALPH_WORKSPACES_UNUSED_DAYS";

    private static final int DEFAULT_UNUSED_DAYS = 7;
    private static final int MOST_UNUSED_DAYS = 3650;
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
        return Set.of(FOLDER, TRANSFER_TIMEOUT, UNUSED_DAYS, SECRETS);
    }

    @Override
    public WorkspaceSource create(ProviderContext context) {
        return new CloneSource(
                context.property(FOLDER)
                        .map(GitWorkspaceProvider::folder)
                        .orElseGet(GitWorkspaceProvider::defaultFolder),
                context.property(TRANSFER_TIMEOUT)
                        .map(text ->
                                Duration.ofSeconds(whole(TRANSFER_TIMEOUT, text, "seconds", MOST_TRANSFER_SECONDS)))
                        .orElse(Duration.ofSeconds(DEFAULT_TRANSFER_SECONDS)),
                context.property(UNUSED_DAYS)
                        .map(text -> Duration.ofDays(whole(UNUSED_DAYS, text, "days", MOST_UNUSED_DAYS)))
                        .orElse(Duration.ofDays(DEFAULT_UNUSED_DAYS)),
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

    private static int whole(String name, String text, String unit, int most) {
        String rule = name + " '" + text + "' must be a whole number of " + unit + " from 1 to " + most;
        try {
            int number = Integer.parseInt(text.strip());
            if (number < 1 || number > most) {
                throw new ConfigurationException(rule);
            }
            return number;
        } catch (NumberFormatException e) {
            throw new ConfigurationException(rule, e);
        }
    }
}
