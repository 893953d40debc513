/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.workspace;

import dev.ralph.WorkspaceException;
import dev.ralph.WorkspaceException.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * A private git directory for one transfer, over the objects of a clone. Its configuration is Ralph's: that of the clone is
 * the agent's, and could name programs to run, or another address to send credentials to.
 */
final class TransferArea implements AutoCloseable {

    private static final String NAME_PREFIX = "transfer-";
    private static final String BYTE_FOR_BYTE = "* -text !eol !crlf !ident !filter !working-tree-encoding\n";

    private static final String OBJECTS = "objects";

    private final Path directory;
    private final Path tree;

    private TransferArea(Path directory, Path tree) {
        this.directory = directory;
        this.tree = tree;
    }

    /**
     * Makes one.
     *
     * @param folder where
     * @param tree the top of the clone, or a directory without one
     * @param sha256 whether objects have names of that kind
     */
    static TransferArea enter(Path folder, Path tree, boolean sha256) {
        Path directory = PrivateFiles.makeDirectory(folder.resolve(NAME_PREFIX + UUID.randomUUID()));
        try {
            Files.createDirectory(directory.resolve("refs"));
            Files.createDirectory(directory.resolve(OBJECTS));
            Path info = Files.createDirectory(directory.resolve("info"));
            ShortFiles.write(directory.resolve("HEAD"), "ref: refs/heads/none\n");
            ShortFiles.write(
                    directory.resolve("config"),
                    "[core]\n\tbare = false\n\trepositoryFormatVersion = " + (sha256 ? 1 : 0) + "\n"
                            + (sha256 ? "[extensions]\n\tobjectFormat = sha256\n" : ""));
            ShortFiles.write(info.resolve("attributes"), BYTE_FOR_BYTE);
            return new TransferArea(directory, tree);
        } catch (IOException e) {
            PrivateFiles.deleteTree(directory);
            throw new WorkspaceException(
                    Problem.IO, "The directory " + directory + " cannot be written (" + e + "). Check space.", e);
        }
    }

    /** The environment of a call in this area. */
    Map<String, String> environment() {
        return Map.of(
                "GIT_DIR", directory.toString(),
                "GIT_WORK_TREE", tree.toString(),
                "GIT_INDEX_FILE", directory.resolve("index").toString(),
                "GIT_OBJECT_DIRECTORY", objects().toString());
    }

    /** The environment of a call that reads no configuration of the user's either. */
    Map<String, String> localEnvironment() {
        Map<String, String> environment = new HashMap<>(environment());
        environment.put("GIT_CONFIG_NOSYSTEM", "1");
        environment.put("GIT_ATTR_NOSYSTEM", "1");
        environment.put("HOME", directory.toString());
        environment.put("XDG_CONFIG_HOME", directory.toString());
        return environment;
    }

    /** Those of the clone; its own, to delete references without a clone. */
    private Path objects() {
        Path shared = tree.resolve(".git").resolve(OBJECTS);
        return Files.isDirectory(shared) ? shared : directory.resolve(OBJECTS);
    }

    Path tree() {
        return tree;
    }

    /** Arguments that write the files of a commit over what is in the working tree. */
    static List<String> checkOut(String commit) {
        return List.of("read-tree", "--reset", "-u", commit);
    }

    @Override
    public void close() {
        PrivateFiles.deleteTree(directory);
    }
}
