/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.process;

import dev.ralph.InvalidValueException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** Builds a {@link ProcessLauncher}. Not thread-safe. */
public final class ProcessLauncherBuilder {

    private static final Duration MIN_KEEP_ALIVE = Duration.ofSeconds(3);
    private static final Duration MAX_KEEP_ALIVE = Duration.ofHours(1);

    private Containment containment = Containment.strongest();
    private Duration keepAlive = Duration.ofSeconds(6);
    private HostTools tools = HostTools.ofThisHost();
    private Path directory = Path.of(System.getProperty("java.io.tmpdir"));

    ProcessLauncherBuilder() {}

    /** {@link Containment#strongest} without this. */
    public ProcessLauncherBuilder containment(Containment value) {
        containment = value;
        return this;
    }

    /**
     * How long after the JVM's last sign of life a supervisor kills its process: the JVM was stopped or hangs. A JVM that
     * pauses for longer than two thirds of it (garbage collection, a debugger) loses its processes too. Six seconds
     * without this.
     *
     * @throws InvalidValueException if it is not from 3 seconds to an hour
     */
    public ProcessLauncherBuilder keepAlive(Duration value) {
        if (value.compareTo(MIN_KEEP_ALIVE) < 0 || value.compareTo(MAX_KEEP_ALIVE) > 0) {
            throw new InvalidValueException("keepAlive", value, "must be from 3 seconds to an hour");
        }
        keepAlive = value;
        return this;
    }

    /** Where the launcher makes its private folder; the folder for temporary files without this. */
    public ProcessLauncherBuilder directory(Path value) {
        directory = value.toAbsolutePath();
        return this;
    }

    ProcessLauncherBuilder tools(HostTools value) {
        tools = value;
        return this;
    }

    /**
     * Makes the launcher and tries out what it may use.
     *
     * @throws ContainmentException if none of it works here
     * @throws UncheckedIOException if the private folder cannot be made
     */
    public ProcessLauncher build() {
        LauncherDirectory own = LauncherDirectory.create(directory);
        ProcessStarter starter = new ProcessStarter(new ProcessSpawner(own, tools, keepAlive));
        try {
            IsolationRecipes recipes = new IsolationRecipes(tools, ownedByRoot(own.root()));
            ContainmentProbe probe = new ContainmentProbe(starter, recipes, tools, own.root());
            return new ProcessLauncher(own, starter, probe.choose(containment));
        } catch (RuntimeException e) {
            starter.close();
            own.close();
            throw e;
        }
    }

    private static boolean ownedByRoot(Path folder) {
        try {
            return folder.getFileSystem().supportedFileAttributeViews().contains("unix")
                    && Integer.valueOf(0).equals(Files.getAttribute(folder, "unix:uid"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
