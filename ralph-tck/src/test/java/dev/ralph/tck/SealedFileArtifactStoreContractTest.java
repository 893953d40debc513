/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ralph.RunId;
import dev.ralph.artifact.FileArtifactStore;
import dev.ralph.artifact.SealedArtifactStore;
import dev.ralph.spi.ArtifactId;
import dev.ralph.spi.ArtifactStore;
import dev.ralph.spi.ArtifactWriter;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sealed files do what files do. */
class SealedFileArtifactStoreContractTest extends ArtifactStoreContract {

    private static final int PIECE = 1_000_000;
    private static final int PIECES = 200;
    private static final long HEAP = 8_000_000;

    @TempDir
    private Path folder;

    private final RunKeys keys = new RunKeys();

    @Override
    protected ArtifactStore open() {
        return new SealedArtifactStore(new FileArtifactStore(folder), keys);
    }

    @Override
    protected ArtifactStore openAgain(ArtifactStore first) {
        return open();
    }

    @Test
    @Tag("scale")
    void twoHundredMegabytesAreSealedAndOpenedInLittleMemory() throws Exception {
        ArtifactId id = new ArtifactId(RunId.create(Instant.now()), ArtifactId.Kind.ATTEMPT, 1, 1, 1);
        byte[] piece = new byte[PIECE];
        long length = 0;
        try (ArtifactStore store = open()) {
            HeapWatch heap = HeapWatch.start();
            try (ArtifactWriter writer = store.create(id)) {
                for (int written = 0; written < PIECES; written++) {
                    writer.write(piece, 0, PIECE);
                }
                writer.commit();
            }
            try (InputStream stored = store.open(id).orElseThrow()) {
                for (int count = stored.read(piece); count >= 0; count = stored.read(piece)) {
                    length += count;
                }
            }

            assertThat(heap.stop()).as("growth of the heap in bytes").isLessThan(HEAP);
            assertThat(length).isEqualTo((long) PIECE * PIECES);
            store.delete(id.run());
        }
    }
}
