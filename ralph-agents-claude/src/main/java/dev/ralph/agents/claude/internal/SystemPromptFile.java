/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.agents.claude.internal;

import dev.ralph.log.LogText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A private file with the text for the system prompt: arguments can be seen by everybody. Gone after {@link #close}. */
public final class SystemPromptFile implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SystemPromptFile.class);

    private final @Nullable Path path;

    private SystemPromptFile(@Nullable Path path) {
        this.path = path;
    }

    /**
     * Writes the text, if there is one.
     *
     * @param folder where, private to this user
     * @throws IOException if it cannot be written
     */
    public static SystemPromptFile of(Path folder, @Nullable String text) throws IOException {
        if (text == null) {
            return new SystemPromptFile(null);
        }
        // Files made for temporary use belong to this user alone where the file system knows users.
        Path file = Files.createTempFile(folder, "system-prompt-", ".md");
        SystemPromptFile made = new SystemPromptFile(file);
        try {
            Files.writeString(file, text);
            return made;
        } catch (IOException e) {
            made.close();
            throw e;
        }
    }

    /** The file, or null if there is no text. */
    public @Nullable Path path() {
        return path;
    }

    @Override
    public void close() {
        if (path != null) {
            try {
                Files.deleteIfExists(path);
            } catch (IOException e) {
                LOG.warn(
                        "The file {} with a run's system prompt cannot be deleted: {}",
                        LogText.line(path),
                        LogText.line(e));
            }
        }
    }
}
