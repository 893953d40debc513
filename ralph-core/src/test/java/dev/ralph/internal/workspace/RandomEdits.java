/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.workspace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;

/** Edits a directory as an unpredictable agent would; the same seed makes the same edits. */
final class RandomEdits {

    private static final List<String> NAMES = List.of("a", "b", "c", "d e", "\u00fc", "f\n");

    private RandomEdits() {}

    static void apply(Path directory, Random random, int edits) throws IOException {
        for (int i = 0; i < edits; i++) {
            edit(place(directory, random), random);
        }
    }

    private static Path place(Path directory, Random random) throws IOException {
        Path place = directory;
        int depth = random.nextInt(3);
        for (int i = 0; i < depth; i++) {
            place = makeDirectory(place.resolve(name(random)));
        }
        return place.resolve(name(random));
    }

    private static Path makeDirectory(Path directory) throws IOException {
        if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
            Files.deleteIfExists(directory);
            Files.createDirectory(directory);
        }
        return directory;
    }

    private static String name(Random random) {
        return NAMES.get(random.nextInt(NAMES.size()));
    }

    private static void edit(Path place, Random random) throws IOException {
        int kind = random.nextInt(10);
        PrivateFiles.deleteTree(place);
        if (kind < 3) {
            return;
        }
        if (kind < 4) {
            Files.createSymbolicLink(place, Path.of(name(random)));
            return;
        }
        Files.writeString(place, "content " + random.nextInt(20) + "\r\n".repeat(random.nextInt(3)));
        if (kind < 6 && !place.toFile().setExecutable(true)) {
            throw new IOException(place + " cannot be made executable");
        }
    }
}
