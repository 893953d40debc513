/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.artifact;

import dev.ralph.ArtifactException;
import dev.ralph.log.LogText;
import dev.ralph.spi.ArtifactId;
import dev.ralph.spi.ArtifactWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes one artifact beside its place, and moves it there once it is whole. */
final class FileArtifactWriter implements ArtifactWriter {

    private static final Logger LOG = LoggerFactory.getLogger(FileArtifactWriter.class);
    private static final Set<OpenOption> OPTIONS =
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);

    private final ArtifactId id;
    private final ArtifactFolder folder;
    private final Path target;
    private final Path unfinished;
    private final FileChannel channel;
    private boolean over;

    FileArtifactWriter(ArtifactId id, ArtifactFolder folder, Path target) {
        this.id = id;
        this.folder = folder;
        this.target = target;
        this.unfinished = Leftovers.newFile(folder.unfinished());
        try {
            channel = FileChannel.open(unfinished, OPTIONS, folder.privateFile());
        } catch (IOException e) {
            throw failed(e);
        }
        Leftovers.claim(channel);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        ensureOpen();
        ByteBuffer buffer = ByteBuffer.wrap(bytes, offset, length);
        try {
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
        } catch (IOException e) {
            throw failed(e);
        }
    }

    @Override
    public void commit() {
        ensureOpen();
        try {
            channel.force(false);
            move();
            over = true;
        } catch (FileAlreadyExistsException e) {
            throw exists(id);
        } catch (IOException e) {
            throw failed(e);
        }
        try {
            folder.persist(id.run());
        } catch (IOException e) {
            // It is there, and lost at most by a power cut: no reason to do without it.
            LOG.warn("Artifacts of run {} may not outlast a power cut: {}", id.run(), LogText.line(e));
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
            if (!over) {
                over = true;
                Files.deleteIfExists(unfinished);
            }
        } catch (IOException e) {
            LOG.warn(
                    "{} was not removed and stays until the folder is opened again: {}",
                    LogText.line(unfinished),
                    LogText.line(e));
        }
    }

    static ArtifactException exists(ArtifactId id) {
        return new ArtifactException(
                "there is an artifact " + id.name() + " of run " + id.run() + " already; it is left as it is");
    }

    /** Not over a file that is there; the folder of the run may be removed as empty in between. */
    private void move() throws IOException {
        folder.makeDirectoryOf(id.run());
        try {
            Files.move(unfinished, target);
        } catch (NoSuchFileException e) {
            folder.makeDirectoryOf(id.run());
            Files.move(unfinished, target);
        }
    }

    private void ensureOpen() {
        if (over || !channel.isOpen()) {
            throw new ArtifactException(
                    "the artifact " + id.name() + " of run " + id.run() + " is not written any more");
        }
    }

    private ArtifactException failed(IOException cause) {
        return new ArtifactException(
                "artifact " + id.name() + " of run " + id.run() + " cannot be written (" + cause
                        + "); check the folder's permissions and its disk",
                cause);
    }
}
