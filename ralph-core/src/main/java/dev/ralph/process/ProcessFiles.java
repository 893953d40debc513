/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.process;

import dev.ralph.log.LogText;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.OptionalInt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The private folder of one process: its standard input until it is open, and what the supervisor reports. */
final class ProcessFiles {

    private static final Logger LOG = LoggerFactory.getLogger(ProcessFiles.class);

    private static final String STATUS = "status";
    private static final String EXIT = "exit ";
    /** Made in full before the start, so that a disk which the process fills cannot lose its exit code. */
    private static final String ROOM = " ".repeat(31) + "\n";

    private final Path folder;
    private final Path input;
    private final boolean inputIsPrivate;

    private ProcessFiles(Path folder, Path input, boolean inputIsPrivate) {
        this.folder = folder;
        this.input = input;
        this.inputIsPrivate = inputIsPrivate;
    }

    static ProcessFiles create(Path parent, String name, ProcessInput input) throws IOException {
        Path folder = Files.createDirectory(parent.resolve(name), ownerOnly(parent, "rwx------"));
        write(folder.resolve("agent"), ROOM);
        write(folder.resolve(STATUS), ROOM);
        if (input instanceof ProcessInput.Text text) {
            return new ProcessFiles(folder, write(folder.resolve("input"), text.value()), true);
        }
        Path file = input instanceof ProcessInput.File given ? given.path() : nullDevice();
        return new ProcessFiles(folder, file, false);
    }

    Path folder() {
        return folder;
    }

    /** What to open as standard input. */
    Path input() {
        return input;
    }

    /** The input is open: whoever has it open keeps it, nobody else finds it. */
    void unlinkInput() {
        if (inputIsPrivate) {
            deleteFile(input);
        }
    }

    /** What the supervisor wrote last; empty if it did not get so far. */
    OptionalInt exitCode() {
        try {
            String status = Files.readString(folder.resolve(STATUS), StandardCharsets.US_ASCII);
            int end = status.indexOf('\n');
            return status.startsWith(EXIT) && end > 0
                    ? OptionalInt.of(Integer.parseInt(status.substring(EXIT.length(), end)))
                    : OptionalInt.empty();
        } catch (IOException | NumberFormatException e) {
            LOG.debug("No exit code in {}: {}", LogText.line(folder), LogText.line(e));
            return OptionalInt.empty();
        }
    }

    /** Whether the supervisor ended the process because it did not hear from this JVM. */
    boolean hostWasSilent() {
        return Files.exists(folder.resolve("silent"));
    }

    /** Whether the supervisor ended the process because a part of itself was gone. */
    boolean supervisorWasBroken() {
        return Files.exists(folder.resolve("broken"));
    }

    void delete() {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            files.forEach(ProcessFiles::deleteFile);
        } catch (IOException e) {
            LOG.debug("Cannot list {}: {}", LogText.line(folder), LogText.line(e));
        }
        deleteFile(folder);
    }

    private static void deleteFile(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.warn("Could not remove the private file {}: {}", LogText.line(file), LogText.line(e));
        }
    }

    private static Path write(Path file, String text) throws IOException {
        Files.createFile(file, ownerOnly(file, "rw-------"));
        // Not through a channel, which an interrupted thread cannot write to.
        try (OutputStream out = new FileOutputStream(file.toFile())) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return file;
    }

    private static FileAttribute<?>[] ownerOnly(Path path, String permissions) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }

    private static Path nullDevice() {
        return Path.of(HostTools.isWindows() ? "NUL" : "/dev/null");
    }
}
