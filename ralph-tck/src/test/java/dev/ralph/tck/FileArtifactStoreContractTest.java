/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.tck;

import dev.ralph.artifact.FileArtifactStore;
import dev.ralph.spi.ArtifactStore;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class FileArtifactStoreContractTest extends ArtifactStoreContract {

    @TempDir
    private Path folder;

    @Override
    protected ArtifactStore open() {
        return new FileArtifactStore(folder);
    }

    @Override
    protected ArtifactStore openAgain(ArtifactStore first) {
        return open();
    }
}
