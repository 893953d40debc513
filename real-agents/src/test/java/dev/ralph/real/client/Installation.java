/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.real.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The clients of {@code src/test/clients}, installed by npm into the build folder. What is there in the right versions is
 * used again.
 */
public final class Installation {

    private static final Logger LOG = LoggerFactory.getLogger(Installation.class);
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final List<String> FILES = List.of("package.json", "package-lock.json", ".npmrc");

    private final Path folder;
    private final Map<String, String> versions;

    private Installation(Path folder, Map<String, String> versions) {
        this.folder = folder;
        this.versions = Map.copyOf(versions);
    }

    /**
     * Installs what is missing. Blocks for a download of some 150 MB the first time.
     *
     * @throws IllegalStateException if Node or npm are missing or too old, or npm fails; the message says what to do
     */
    static Installation make() throws IOException, InterruptedException {
        Path module = Path.of(System.getProperty("basedir", "")).toAbsolutePath();
        Path folder = Files.createDirectories(module.resolve("target/clients"));
        Path sources = module.resolve("src/test/clients");
        try (FileChannel channel =
                FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            // Held until the channel is closed: two builds at once do not install into each other.
            channel.lock();
            Npm npm = Npm.find(folder);
            Map<String, String> wanted = wanted(sources);
            if (!wanted.equals(present(folder, wanted))) {
                for (String file : FILES) {
                    Files.copy(sources.resolve(file), folder.resolve(file), StandardCopyOption.REPLACE_EXISTING);
                }
                npm.run("ci");
            }
            Map<String, String> present = present(folder, wanted);
            if (!wanted.equals(present)) {
                throw new IllegalStateException(
                        "npm installed " + present + " in " + folder + " instead of " + wanted + "; remove the folder");
            }
            LOG.info("Clients: {} on Node {}", present, npm.node());
            return new Installation(folder, present);
        }
    }

    /** The version of a package. */
    public String version(String name) {
        return versions.getOrDefault(name, "none");
    }

    /** The folder of the programs, for a PATH. */
    public Path programs() {
        return folder.resolve("node_modules/.bin");
    }

    /** A program of a package. */
    public Path program(String name) {
        return programs().resolve(name);
    }

    private static Map<String, String> wanted(Path sources) throws IOException {
        Map<String, String> wanted = new TreeMap<>();
        JsonNode dependencies =
                JSON.readTree(sources.resolve("package.json").toFile()).path("dependencies");
        dependencies
                .properties()
                .forEach(entry -> wanted.put(entry.getKey(), entry.getValue().asText()));
        return wanted;
    }

    private static Map<String, String> present(Path folder, Map<String, String> wanted) throws IOException {
        Map<String, String> present = new TreeMap<>();
        for (String name : wanted.keySet()) {
            Path description = folder.resolve("node_modules").resolve(name).resolve("package.json");
            if (Files.exists(description)) {
                present.put(
                        name,
                        JSON.readTree(description.toFile()).path("version").asText());
            }
        }
        return present;
    }
}
