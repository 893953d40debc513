/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.agents.gemini.internal;

import dev.ralph.agents.gemini.GeminiAgentConfig;
import dev.ralph.agents.gemini.GeminiSettings;
import dev.ralph.log.LogText;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A private folder for one launch, which the client takes for the user's home (its own files only) and for temporary
 * files. What it keeps there (transcripts, error reports with the whole conversation) is gone with it, and the user's own
 * settings, extensions, MCP servers, memory and log-in stay out of the run.
 */
public final class GeminiHome implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(GeminiHome.class);

    private static final String COMMAND = """
            description = "Passes Ralph's prompt on as it is"
            prompt = "The message is everything after the line /%s."
            """.formatted(GeminiPrompt.COMMAND);

    private final Path folder;
    private final Path temporary;

    private GeminiHome(Path folder, Path temporary) {
        this.folder = folder;
        this.temporary = temporary;
    }

    /**
     * Makes one.
     *
     * @param parent where, private to this user
     * @throws IOException if it cannot be made
     */
    public static GeminiHome create(Path parent, GeminiAgentConfig config, GeminiSettings settings) throws IOException {
        Path folder = Files.createTempDirectory(parent, "gemini-");
        GeminiHome home = new GeminiHome(folder, folder.resolve("tmp"));
        try {
            Path own = Files.createDirectory(folder.resolve(".gemini"));
            Path commands = Files.createDirectory(own.resolve("commands"));
            Files.createDirectory(home.temporary);
            Files.writeString(own.resolve("settings.json"), content(config, settings));
            Files.writeString(commands.resolve(GeminiPrompt.COMMAND + ".toml"), COMMAND);
            return home;
        } catch (IOException e) {
            home.close();
            throw e;
        }
    }

    /** The user's settings, over which the workspace's own settings go. */
    static String content(GeminiAgentConfig config, GeminiSettings settings) {
        return """
                {
                  "security": {
                    "auth": {"selectedType": "gemini-api-key"},
                    "environmentVariableRedaction": {"enabled": %b}
                  },
                  "privacy": {"usageStatisticsEnabled": false},
                  "telemetry": {"enabled": false},
                  "general": {
                    "enableAutoUpdate": false,
                    "enableAutoUpdateNotification": false,
                    "maxAttempts": %d
                  },
                  "advanced": {"ignoreLocalEnv": true},
                  "model": {"maxSessionTurns": %d}
                }
                """.formatted(config.hideSecretsFromTools(), config.maxAttempts(), settings.maxTurns());
    }

    /** What the client needs to use it, to trust the workspace without a dialog, and to stay one process. */
    public Map<String, String> variables() {
        return Map.of(
                "GEMINI_CLI_HOME", folder.toString(),
                "TMPDIR", temporary.toString(),
                "GEMINI_CLI_TRUST_WORKSPACE", "true",
                "GEMINI_CLI_NO_RELAUNCH", "true",
                "NO_COLOR", "1");
    }

    /** Removes it with all the client put there. What cannot be removed stays and is logged. */
    @Override
    public void close() {
        try {
            Files.walkFileTree(folder, new Removal());
        } catch (IOException e) {
            LOG.warn(
                    "The private folder {} of a Gemini launch cannot be removed; remove it by hand: {}",
                    LogText.line(folder),
                    LogText.line(e));
        }
    }

    /** Follows no symbolic link. */
    private static final class Removal extends SimpleFileVisitor<Path> {

        @Override
        public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
            // Some tools make folders that nobody may write to.
            if (!Files.isWritable(directory)) {
                boolean writable = directory.toFile().setWritable(true);
                LOG.debug("A folder without write permission could be made writable: {}", LogText.line(writable));
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure) throws IOException {
            if (failure != null) {
                throw failure;
            }
            Files.deleteIfExists(directory);
            return FileVisitResult.CONTINUE;
        }
    }
}
