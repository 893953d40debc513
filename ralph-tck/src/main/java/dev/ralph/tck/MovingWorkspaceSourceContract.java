/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.ralph.CheckpointRecord;
import dev.ralph.WorkspaceException;
import dev.ralph.spi.PreparedWorkspace;
import dev.ralph.spi.WorkspaceRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What every {@link dev.ralph.spi.WorkspaceSource} must do whose workspaces move. Extended like
 * {@link WorkspaceSourceContract}. Git has to be on the path, and the workspace has to have a commit.
 */
public abstract class MovingWorkspaceSourceContract extends WorkspaceSourceContract {

    /** For those who extend this class. */
    protected MovingWorkspaceSourceContract() {}

    @Test
    final void saysThatItsWorkspacesMove() {
        assertThat(node().moves()).isTrue();
    }

    @Test
    final void aWorkspaceThatMovesIsInAGitRepository() throws Exception {
        try (PreparedWorkspace prepared = node().prepare(first())) {
            assertThat(git(prepared.directory(), "rev-parse", "--is-inside-work-tree"))
                    .isEqualTo("true");
        }
    }

    @Test
    final void anotherNodeMakesItFromWhatWasPublishedAndNothingElse() throws Exception {
        CheckpointRecord last;
        String place;
        try (PreparedWorkspace prepared = node().prepare(first())) {
            Files.writeString(prepared.directory().resolve("published"), "1");
            last = publish(prepared, 1);
            Files.writeString(prepared.directory().resolve("published"), "2");
            publish(prepared, 2);
            Files.writeString(prepared.directory().resolve("half-done"), "x");
            place = prepared.place().orElseThrow();
        }
        WorkspaceRequest moved = request(place, last);

        assertThat(other().has(moved)).isFalse();
        try (PreparedWorkspace prepared = other().prepare(moved)) {
            assertThat(prepared.place().orElseThrow()).isNotEqualTo(place);
            assertThat(prepared.directory().resolve("published")).hasContent("1");
            assertThat(prepared.directory().resolve("half-done")).doesNotExist();
            assertThat(git(prepared.directory(), "cat-file", "-t", last.commit()))
                    .isEqualTo("commit");
        }
    }

    @Test
    final void aNodeTheRunLeftDoesNotHaveItAnyMore() throws Exception {
        CheckpointRecord last;
        String left;
        try (PreparedWorkspace prepared = node().prepare(first())) {
            last = publish(prepared, 1);
            left = prepared.place().orElseThrow();
            Files.writeString(prepared.directory().resolve("half-done"), "x");
        }
        String place;
        try (PreparedWorkspace prepared = other().prepare(request(left, last))) {
            place = prepared.place().orElseThrow();
        }
        WorkspaceRequest back = request(place, last);

        assertThat(node().has(back)).isFalse();
        try (PreparedWorkspace prepared = node().prepare(back)) {
            assertThat(prepared.place().orElseThrow()).isNotIn(left, place);
            assertThat(prepared.directory().resolve("half-done")).doesNotExist();
        }
    }

    @Test
    final void publishingAgainChangesNothing() throws Exception {
        CheckpointRecord last;
        try (PreparedWorkspace prepared = node().prepare(first())) {
            last = publish(prepared, 1);
            prepared.publish(last.ref(), last.commit());
            prepared.publish(last.ref(), last.commit());
        }

        assertThat(node().withdraw(request(null, last))).containsExactly(last.ref());
    }

    @Test
    final void oneHandAtATimeHasACopy() throws Exception {
        try (PreparedWorkspace prepared = node().prepare(first())) {
            assertThatExceptionOfType(WorkspaceException.class)
                    .isThrownBy(() -> node().prepare(first()))
                    .satisfies(e -> assertThat(e.problem()).isEqualTo(WorkspaceException.Problem.IN_USE));
            assertThat(prepared.directory()).isDirectory();
        }
    }

    @Test
    final void whatIsDiscardedIsGoneHereAndPublishedStill() throws Exception {
        PreparedWorkspace prepared = node().prepare(first());
        Files.writeString(prepared.directory().resolve("published"), "1");
        CheckpointRecord last = publish(prepared, 1);
        WorkspaceRequest asked = request(prepared.place().orElseThrow(), last);
        Path directory = prepared.directory();

        prepared.discard();

        assertThat(node().has(asked)).isFalse();
        assertThat(directory).doesNotExist();
        try (PreparedWorkspace again = other().prepare(asked)) {
            assertThat(again.directory().resolve("published")).hasContent("1");
        }
    }

    @Test
    final void whatIsWithdrawnIsGoneAndWithdrawingAgainDoesNothing() throws Exception {
        CheckpointRecord first;
        CheckpointRecord last;
        try (PreparedWorkspace prepared = node().prepare(first())) {
            first = publish(prepared, 1);
            last = publish(prepared, 2);
        }
        WorkspaceRequest asked = request(null, last);

        assertThat(other().withdraw(asked)).containsExactlyInAnyOrder(first.ref(), last.ref());
        assertThat(other().withdraw(asked)).isEmpty();
        assertThatExceptionOfType(WorkspaceException.class).isThrownBy(() -> other().prepare(asked));
    }

    /** Commits all there is, beside the branch, and publishes that. */
    private CheckpointRecord publish(PreparedWorkspace prepared, int number) throws IOException, InterruptedException {
        Path directory = prepared.directory();
        git(directory, "add", "--all");
        String tree = git(directory, "write-tree");
        String commit = git(directory, "commit-tree", tree, "-p", "HEAD", "-m", "checkpoint " + number);
        String reference = "refs/ralph/" + run() + "/lease/" + number;
        git(directory, "update-ref", reference, commit);
        prepared.publish(reference, commit);
        return new CheckpointRecord(number, number, reference, commit, Instant.now());
    }

    private static String git(Path directory, String... arguments) throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of("git", "-c", "user.name=Contract", "-c", "user.email=contract@localhost"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output.strip();
    }
}
