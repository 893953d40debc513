/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ralph.CheckpointRecord;
import dev.ralph.RunId;
import dev.ralph.WorkspaceRef;
import dev.ralph.spi.PreparedWorkspace;
import dev.ralph.spi.WorkspaceRequest;
import dev.ralph.spi.WorkspaceSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What every {@link WorkspaceSource} must do. Extend it in the tests of a source and say how two nodes open it, and what
 * workspace a run may ask for:
 *
 * <pre>{@code
 * class MyWorkspacesContractTest extends WorkspaceSourceContract {
 *
 *     @Override
 *     protected WorkspaceSource open(String node) {
 *         return new MyWorkspaces(temp.resolve(node));
 *     }
 *
 *     @Override
 *     protected WorkspaceRef ref() {
 *         return new WorkspaceRef("mine", Map.of("project", "x"));
 *     }
 * }
 * }</pre>
 *
 * <p>Every test opens two nodes anew. A source whose workspaces move extends {@link MovingWorkspaceSourceContract}.
 */
@Timeout(120)
public abstract class WorkspaceSourceContract {

    private WorkspaceSource node;
    private WorkspaceSource other;
    private WorkspaceRef ref;
    private RunId run;

    /** For those who extend this class. */
    protected WorkspaceSourceContract() {}

    /** Opens the source as a node of this name; nodes of two names share nothing but what the workspace is made from. */
    protected abstract WorkspaceSource open(String node) throws Exception;

    /** A workspace that can be used; the same in every call within one test. */
    protected abstract WorkspaceRef ref() throws Exception;

    @BeforeEach
    final void openNodes() throws Exception {
        node = open("node");
        other = open("other");
        ref = ref();
        run = RunId.create(Instant.now());
    }

    @AfterEach
    final void closeNodes() {
        node.close();
        other.close();
    }

    @Test
    final void acceptsAWorkspaceThatCanBeUsed() throws Exception {
        node.check(ref).ifPresent(directory -> assertThat(directory).isDirectory());
    }

    @Test
    final void theKeyOfARunIsTheSameOnAllNodes() {
        assertThat(node.key(run, ref))
                .isNotBlank()
                .isEqualTo(other.key(run, ref))
                .isEqualTo(node.key(run, ref));
    }

    @Test
    final void runsThatWouldShareADirectoryShareAKey() throws Exception {
        RunId second = RunId.create(Instant.now());
        try (PreparedWorkspace one = node.prepare(first());
                PreparedWorkspace two = node.prepare(new WorkspaceRequest(second, ref, null, null))) {
            boolean shared = one.directory().toRealPath().equals(two.directory().toRealPath());
            assertThat(node.key(run, ref).equals(node.key(second, ref))).isEqualTo(shared);
        }
    }

    @Test
    final void aPreparedWorkspaceIsADirectoryThatCanBeWrittenTo() throws Exception {
        try (PreparedWorkspace prepared = node.prepare(first())) {
            assertThat(prepared.directory()).isAbsolute().isDirectory();
            assertThat(Files.isWritable(prepared.directory())).isTrue();
            assertThat(prepared.place().isPresent()).isEqualTo(node.moves());
        }
    }

    @Test
    final void aRunThatComesBackFindsWhatItLeft() throws Exception {
        @Nullable String place;
        Path directory;
        try (PreparedWorkspace prepared = node.prepare(first())) {
            place = prepared.place().orElse(null);
            directory = prepared.directory();
            Files.writeString(directory.resolve("left"), "half-done");
        }
        WorkspaceRequest again = request(place, null);

        assertThat(node.has(again)).isTrue();
        try (PreparedWorkspace prepared = node.prepare(again)) {
            assertThat(prepared.directory()).isEqualTo(directory);
            assertThat(prepared.directory().resolve("left")).hasContent("half-done");
            assertThat(prepared.place().orElse(null)).isEqualTo(place);
        }
    }

    final WorkspaceSource node() {
        return node;
    }

    final WorkspaceSource other() {
        return other;
    }

    /** The run asks for this, with what it knows by now. */
    final WorkspaceRequest request(@Nullable String place, @Nullable CheckpointRecord last) {
        return new WorkspaceRequest(run, ref, place, last);
    }

    /** The run asks for the first time. */
    final WorkspaceRequest first() {
        return request(null, null);
    }

    final RunId run() {
        return run;
    }
}
