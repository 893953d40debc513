/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.workspace;

import dev.ralph.WorkspaceException;
import dev.ralph.WorkspaceException.Problem;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/**
 * A private git directory for one operation: made fresh, with a configuration and attributes that Ralph wrote, over the
 * objects of the user's repository. Files are stored and restored byte for byte.
 *
 * <p>The index is kept between operations, because git compares the times in it to skip unchanged files. An operation
 * takes it by renaming it and puts it back the same way: renaming keeps its own time, which git needs to tell files that
 * changed in the moment the index was written. An operation that dies leaves no index, and the next one reads all files.
 */
final class SnapshotArea implements AutoCloseable {

    private static final String NAME_PREFIX = "area-";
    private static final Duration ABANDONED_AFTER = Duration.ofHours(6);
    private static final int MAX_EXCLUDE_BYTES = 1 << 20;
    private static final String BYTE_FOR_BYTE = "* -text !eol !crlf !ident !filter !working-tree-encoding\n";

    private final Repository repository;
    private final Path directory;
    private final Path keptIndex;

    private SnapshotArea(Repository repository, Path directory, Path keptIndex) {
        this.repository = repository;
        this.directory = directory;
        this.keptIndex = keptIndex;
    }

    static SnapshotArea enter(Repository repository) {
        repository.requirePresent();
        Path parent = PrivateFiles.makeDirectory(repository.privateDirectory());
        deleteAbandoned(parent);
        String scope = new Digest().add(repository.prefix().bytes()).hex().substring(0, 12);
        Path directory = PrivateFiles.makeDirectory(parent.resolve(NAME_PREFIX + UUID.randomUUID()));
        SnapshotArea area = new SnapshotArea(repository, directory, parent.resolve("index-" + scope));
        try {
            area.furnish();
            return area;
        } catch (IOException e) {
            PrivateFiles.deleteTree(directory);
            throw new WorkspaceException(
                    Problem.IO, "The directory " + directory + " cannot be written (" + e + "). Check space.", e);
        }
    }

    /** Takes the index that an earlier operation kept, if there is one. */
    void takeIndex() {
        try {
            Files.move(keptIndex, index(), StandardCopyOption.ATOMIC_MOVE);
        } catch (NoSuchFileException e) {
            return;
        } catch (IOException e) {
            throw new WorkspaceException(Problem.IO, "The file " + keptIndex + " cannot be moved (" + e + ").", e);
        }
    }

    /** Keeps the index for the next operation. */
    void keepIndex() {
        try {
            Files.move(index(), keptIndex, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (NoSuchFileException e) {
            return;
        } catch (IOException e) {
            throw new WorkspaceException(Problem.IO, "The file " + keptIndex + " cannot be written (" + e + ").", e);
        }
    }

    /** Forgets the index, so that all files are read again. */
    void dropIndex() {
        try {
            Files.deleteIfExists(index());
            Files.deleteIfExists(directory.resolve("index.lock"));
        } catch (IOException e) {
            throw new WorkspaceException(Problem.IO, "The file " + index() + " cannot be deleted (" + e + ").", e);
        }
    }

    GitOutput git(List<String> arguments) throws InterruptedException {
        return git(arguments, "");
    }

    GitOutput git(List<String> arguments, String input) throws InterruptedException {
        return gitOn("index", arguments, input, Map.of());
    }

    GitOutput gitInScope(List<String> arguments) throws InterruptedException {
        return git(repository.scoped(arguments));
    }

    /** A call in this area. */
    GitCommand command(List<String> arguments, String input) {
        return command("index", arguments, input, Map.of());
    }

    /** Runs git on an index of another name within this area. */
    GitOutput gitOn(String index, List<String> arguments, String input, Map<String, String> more)
            throws InterruptedException {
        return repository.runner().run(command(index, arguments, input, more));
    }

    /** Runs git and keeps only the beginning of its output. */
    GitOutput gitLimited(List<String> arguments, long outputLimit) throws InterruptedException {
        return repository.runner().run(command("index", arguments, "", Map.of()).withOutputLimit(outputLimit));
    }

    /** A call in this area, on an index of that name. */
    GitCommand command(String index, List<String> arguments, String input, Map<String, String> more) {
        Map<String, String> environment = new HashMap<>(more);
        environment.put("GIT_DIR", directory.toString());
        environment.put("GIT_WORK_TREE", repository.top().toString());
        environment.put("GIT_INDEX_FILE", directory.resolve(index).toString());
        environment.put(
                "GIT_OBJECT_DIRECTORY",
                repository.commonDir().resolve("objects").toString());
        environment.put("GIT_CONFIG_NOSYSTEM", "1");
        environment.put("GIT_ATTR_NOSYSTEM", "1");
        environment.put("HOME", directory.toString());
        environment.put("XDG_CONFIG_HOME", directory.toString());
        return GitGuards.command(
                repository.top(),
                arguments,
                environment,
                input,
                repository.options().timeout());
    }

    @Override
    public void close() {
        PrivateFiles.deleteTree(directory);
    }

    private Path index() {
        return directory.resolve("index");
    }

    private void furnish() throws IOException {
        Files.createDirectory(directory.resolve("refs"));
        Path info = Files.createDirectory(directory.resolve("info"));
        ShortFiles.write(directory.resolve("HEAD"), "ref: refs/heads/none\n");
        ShortFiles.write(directory.resolve("config"), config());
        ShortFiles.write(info.resolve("attributes"), BYTE_FOR_BYTE);
        Path exclude = repository.commonDir().resolve("info").resolve("exclude");
        if (Files.isRegularFile(exclude)) {
            ShortFiles.write(info.resolve("exclude"), ShortFiles.read(exclude, MAX_EXCLUDE_BYTES));
        }
    }

    private String config() {
        boolean sha256 = repository.objectFormat().equals("sha256");
        StringBuilder config = new StringBuilder("[core]\n\tbare = false\n\tsplitIndex = false\n")
                .append("\tfsync = loose-object,pack,index\n\tfsyncMethod = batch\n")
                .append("\trepositoryFormatVersion = ")
                .append(sha256 ? 1 : 0)
                .append('\n');
        repository.settings().forEach((key, value) -> {
            if (!key.equals(RepositorySettings.EXCLUDES)) {
                config.append('\t')
                        .append(key.substring("core.".length()))
                        .append(" = ")
                        .append(value)
                        .append('\n');
            }
        });
        config.append("\texcludesFile = \"").append(escaped(userExcludes())).append("\"\n");
        if (sha256) {
            config.append("[extensions]\n\tobjectFormat = sha256\n");
        }
        return config.toString();
    }

    private String userExcludes() {
        String home = Objects.requireNonNullElse(System.getenv("HOME"), System.getProperty("user.home", ""));
        String configured = repository.settings().get(RepositorySettings.EXCLUDES);
        if (configured != null) {
            return configured.startsWith("~/") ? home + configured.substring(1) : configured;
        }
        String xdg = System.getenv("XDG_CONFIG_HOME");
        return (xdg == null || xdg.isEmpty() ? home + "/.config" : xdg) + "/git/ignore";
    }

    private static String escaped(String value) {
        return value.replace("\\", "\\\\").replace("\"", "\\\"");
    }

    private static void deleteAbandoned(Path parent) {
        Instant limit = Instant.now().minus(ABANDONED_AFTER);
        try (DirectoryStream<Path> areas = Files.newDirectoryStream(parent, NAME_PREFIX + "*")) {
            for (Path area : areas) {
                if (Files.getLastModifiedTime(area).toInstant().isBefore(limit)) {
                    PrivateFiles.deleteTree(area);
                }
            }
        } catch (NoSuchFileException e) {
            return;
        } catch (IOException e) {
            throw new WorkspaceException(
                    Problem.IO, "The directory " + parent + " cannot be listed (" + e + "). Check permissions.", e);
        }
    }
}
