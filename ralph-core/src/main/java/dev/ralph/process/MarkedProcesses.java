/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.process;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Finds processes by a marker in their environment, wherever they went. Linux. */
final class MarkedProcesses implements Survivors {

    private static final Path PROC = Path.of("/proc");
    private static final Pattern NUMBER = Pattern.compile("[0-9]+");
    /** Above what the kernel lets an environment grow to with the usual stack limit. */
    private static final int MAX_ENVIRONMENT = 8 << 20;

    private static final int MIN_MARKER = 32;

    private final String marker;

    MarkedProcesses(String marker) {
        if (marker.length() < MIN_MARKER) {
            throw new IllegalArgumentException("'" + marker + "' is too short to tell our processes from others");
        }
        this.marker = marker;
    }

    @Override
    public void observe() {}

    @Override
    public List<ProcessHandle> alive() {
        List<ProcessHandle> found = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(PROC, MarkedProcesses::isProcess)) {
            for (Path entry : entries) {
                if (isMarked(entry)) {
                    ProcessHandle.of(Long.parseLong(entry.getFileName().toString()))
                            .ifPresent(found::add);
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            throw new IllegalStateException(
                    "Cannot read /proc, although it could be read when the launcher started", e);
        }
        return found;
    }

    private static boolean isProcess(Path entry) {
        return NUMBER.matcher(entry.getFileName().toString()).matches();
    }

    private boolean isMarked(Path process) {
        try (InputStream environment = Files.newInputStream(process.resolve("environ"))) {
            byte[] bytes = environment.readNBytes(MAX_ENVIRONMENT);
            return new String(bytes, StandardCharsets.ISO_8859_1).contains(marker);
        } catch (IOException e) {
            // It ended meanwhile, or belongs to another user.
            return false;
        }
    }
}
