/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.loop;

import static dev.ralph.loop.Playground.until;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ralph.RunId;
import dev.ralph.artifact.FileArtifactStore;
import dev.ralph.artifact.RunKeys;
import dev.ralph.artifact.SealedArtifactStore;
import dev.ralph.spi.ArtifactId;
import dev.ralph.spi.ArtifactStore;
import dev.ralph.spi.StoredArtifact;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A host that is killed in the middle of an output leaves whole artifacts and a file that is removed. */
@Tag("linux")
class ArtifactCrashTest {

    @RegisterExtension
    final Playground play = new Playground();

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatAKilledHostWasWritingIsNoArtifactAndIsRemovedOnceItIsDead(boolean sealed) throws Exception {
        Path folder = play.file("artifacts");
        Path unfinished = folder.resolve("unfinished");
        RunId run;
        try (ChildJvm host = ChildJvm.start(
                List.of(),
                Map.of(),
                ArtifactHost.class,
                play.directory("w").toString(),
                "echo begins; echo x >>count; [ $(wc -l <count) -gt 1 ] || exit 0; while head -c 100000 /dev/urandom; do sleep 0.01; done",
                folder.toString(),
                Boolean.toString(sealed))) {
            run = RunId.parse(host.await("run"));
            until(() -> size(unfinished) > 1_000_000 ? true : null, "a megabyte of an unfinished artifact");

            FileArtifactStore neighbour = new FileArtifactStore(folder);
            age(unfinished);
            neighbour.maintain();
            assertThat(size(unfinished)).as("of a host that lives").isPositive();
        }

        age(unfinished);
        FileArtifactStore next = new FileArtifactStore(folder);

        assertThat(size(unfinished)).isZero();
        ArtifactId first = new ArtifactId(run, ArtifactId.Kind.ATTEMPT, 1, 1, 1);
        assertThat(next.list(run)).extracting(StoredArtifact::id).containsExactly(first);
        ArtifactStore readable = sealed ? new SealedArtifactStore(next, new RunKeys()) : next;
        try (InputStream output = new GZIPInputStream(readable.open(first).orElseThrow())) {
            assertThat(new String(output.readAllBytes(), StandardCharsets.UTF_8))
                    .endsWith("begins\n");
        }
    }

    /** As if some time had passed: what was just made is left alone. */
    private static void age(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(Duration.ofHours(1))));
            }
        }
    }

    private static long size(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return 0;
        }
        long size = 0;
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                size += Files.size(file);
            }
        } catch (NoSuchFileException e) {
            return 0;
        }
        return size;
    }
}
