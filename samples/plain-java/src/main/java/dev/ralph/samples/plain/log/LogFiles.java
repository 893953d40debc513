/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.plain.log;

import dev.ralph.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Looks whether a log can be where it is to be: Logback itself would go on without a word. */
final class LogFiles {

    private LogFiles() {}

    /**
     * Makes the file and its folder if they are not there.
     *
     * @throws ConfigurationException if it cannot be written
     */
    static void requireWritable(Path file) {
        try {
            Path folder = file.getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            Files.newByteChannel(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND)
                    .close();
        } catch (IOException e) {
            throw new ConfigurationException(
                    LogSettings.FILE + " is '" + file + "', which cannot be written (" + e
                            + "); let this user write there, or name another file",
                    e);
        }
    }
}
