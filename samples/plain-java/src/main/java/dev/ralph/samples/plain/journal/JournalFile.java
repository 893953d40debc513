/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.plain.journal;

import dev.ralph.StoreException;
import dev.ralph.StoreUnavailableException;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A file of journal entries, one line each. Read by anybody; written only by who holds the run's lock. Bytes after the
 * last whole line are what a crash left of a write that nobody was told had succeeded: readers ignore them, the next
 * write replaces them. Not thread-safe.
 */
final class JournalFile {

    private static final int LINE_FEED = '\n';

    private final Path path;
    private final JournalCodec codec;
    private final ByteArrayOutputStream unwritten = new ByteArrayOutputStream();
    private long good;
    private boolean mustForce;
    private @Nullable FileChannel writing;

    JournalFile(Path path, JournalCodec codec) {
        this.path = path;
        this.codec = codec;
    }

    /**
     * Passes on every whole entry that was not passed on yet.
     *
     * @throws StoreException if the file cannot be read or a line that is not its last is damaged
     */
    void readNew(Consumer<JournalEntry> reader) {
        try {
            if (Files.size(path) <= good) {
                return;
            }
            try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
                channel.position(good);
                readLines(new BufferedInputStream(Channels.newInputStream(channel), 1 << 16), reader);
            }
        } catch (IOException e) {
            throw new StoreException("the journal " + path + " cannot be read: " + e, e);
        }
    }

    /**
     * Writes an entry at the end, together with those an earlier call could not write.
     *
     * @param durable whether to wait until it is on the disk, and so survives a crash of the host
     * @throws StoreUnavailableException if the disk refuses; the next call writes this entry too, so the caller may repeat
     *     what led to it: a step recognises itself
     */
    void append(JournalEntry entry, boolean durable) {
        byte[] line = codec.encode(entry);
        unwritten.write(line, 0, line.length);
        unwritten.write(LINE_FEED);
        mustForce |= durable;
        writeAll();
    }

    /** Writes what an earlier call could not write. */
    void flush() {
        if (!isFlushed()) {
            writeAll();
        }
    }

    /** Whether everything appended is in the file. */
    boolean isFlushed() {
        return unwritten.size() == 0;
    }

    /** Frees the file; it can be read and written again. */
    void close() {
        FileChannel open = writing;
        writing = null;
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                throw new StoreException("the journal " + path + " cannot be closed: " + e, e);
            }
        }
    }

    private void writeAll() {
        try {
            FileChannel channel = writing == null ? open() : writing;
            writing = channel;
            channel.truncate(good);
            channel.position(good);
            ByteBuffer bytes = ByteBuffer.wrap(unwritten.toByteArray());
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            if (mustForce) {
                channel.force(false);
                mustForce = false;
            }
            good += bytes.limit();
            unwritten.reset();
        } catch (IOException e) {
            close();
            throw new StoreUnavailableException(
                    "the journal " + path + " cannot be written: " + e + "; make room or correct its permissions", e);
        }
    }

    private FileChannel open() throws IOException {
        return Files.exists(path) ? FileChannel.open(path, StandardOpenOption.WRITE) : PrivateFiles.create(path);
    }

    private void readLines(InputStream in, Consumer<JournalEntry> reader) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next >= 0; next = in.read()) {
            if (next != LINE_FEED) {
                line.write(next);
                continue;
            }
            JournalEntry entry = decode(line.toByteArray(), in);
            if (entry == null) {
                return;
            }
            reader.accept(entry);
            good += line.size() + 1L;
            line.reset();
        }
    }

    /** The entry, or null if the line is damaged and the last one. */
    private @Nullable JournalEntry decode(byte[] line, InputStream rest) throws IOException {
        try {
            return codec.decode(line);
        } catch (IOException e) {
            if (rest.read() < 0) {
                return null;
            }
            throw new StoreException(
                    "the journal " + path + " is damaged at byte " + good
                            + "; move it out of its folder to go on without this run",
                    e);
        }
    }
}
