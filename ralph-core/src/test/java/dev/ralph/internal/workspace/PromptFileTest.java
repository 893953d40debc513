/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.ralph.InvalidPromptException;
import dev.ralph.Prompt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PromptFileTest {

    @TempDir
    Path temp;

    private Path workspace;

    @BeforeEach
    void makeWorkspace() throws IOException {
        workspace = Files.createDirectory(temp.resolve("workspace"));
    }

    @Test
    void readsTheFileAnewEachTime() throws IOException {
        PromptFile prompt = new PromptFile(workspace, Path.of("PROMPT.md"));
        Files.writeString(workspace.resolve("PROMPT.md"), "first \u00fc\n");
        assertThat(prompt.read()).isEqualTo("first \u00fc\n");
        Files.writeString(workspace.resolve("PROMPT.md"), "second");
        assertThat(prompt.read()).isEqualTo("second");
    }

    @Test
    void dropsAByteOrderMark() throws IOException {
        Files.writeString(workspace.resolve("p"), "\uFEFFtext");
        assertThat(read("p")).isEqualTo("text");
    }

    @Test
    void refusesAMissingFile() {
        refuses("gone.md", "gone.md", "does not exist; create it");
    }

    @Test
    void refusesAnEmptyAndABlankFile() throws IOException {
        Files.writeString(workspace.resolve("empty"), "");
        Files.writeString(workspace.resolve("blank"), "\uFEFF \n\t\n");
        refuses("empty", "is empty or blank; write the task into it");
        refuses("blank", "is empty or blank");
    }

    @Test
    void refusesMoreThanTheLimitAndTakesTheLimit() throws IOException {
        Files.writeString(workspace.resolve("full"), "x".repeat(Prompt.MAX_BYTES));
        Files.writeString(workspace.resolve("more"), "x".repeat(Prompt.MAX_BYTES + 1));
        assertThat(read("full")).hasSize(Prompt.MAX_BYTES);
        refuses("more", "is larger than 10000000 bytes; shorten it");
    }

    @Test
    void saysWhereAFileIsNotUtf8() throws IOException {
        Files.write(workspace.resolve("latin1"), new byte[] {'a', (byte) 0xC3, (byte) 0xBC, 'b', (byte) 0xFC, 'c'});
        Files.write(workspace.resolve("cut"), new byte[] {'a', (byte) 0xE2, (byte) 0x82});
        refuses("latin1", "is not UTF-8 at byte offset 4; save it as UTF-8");
        refuses("cut", "is not UTF-8 at byte offset 1");
    }

    @Test
    void refusesADirectory() throws IOException {
        Files.createDirectory(workspace.resolve("d"));
        refuses("d", "is not a regular file");
    }

    @Test
    @Tag("linux")
    void refusesAPipeWithoutWaitingForAWriter() throws Exception {
        Process mkfifo = new ProcessBuilder("mkfifo", workspace.resolve("pipe").toString()).start();
        assertThat(mkfifo.waitFor()).isZero();
        refuses("pipe", "is not a regular file");
    }

    @Test
    void refusesAPathOutOfTheWorkspace() throws IOException {
        Files.writeString(temp.resolve("outside"), "text");
        refuses("../outside", "outside the workspace", "configure its absolute path");
    }

    @Test
    void refusesALinkOutOfTheWorkspace() throws IOException {
        Files.writeString(temp.resolve("outside"), "text");
        Files.createSymbolicLink(workspace.resolve("link"), temp.resolve("outside"));
        refuses("link", "outside the workspace");
        assertThatExceptionOfType(InvalidPromptException.class)
                .isThrownBy(() -> new PromptFile(workspace, workspace.resolve("link")).read())
                .withMessageContaining("outside the workspace");
    }

    @Test
    void refusesALinkedDirectoryOutOfTheWorkspace() throws IOException {
        Files.writeString(Files.createDirectory(temp.resolve("other")).resolve("p"), "text");
        Files.createSymbolicLink(workspace.resolve("sub"), temp.resolve("other"));
        refuses("sub/p", "outside the workspace");
    }

    @Test
    void refusesALinkLoop() throws IOException {
        Files.createSymbolicLink(workspace.resolve("a"), Path.of("b"));
        Files.createSymbolicLink(workspace.resolve("b"), Path.of("a"));
        refuses("a", "cannot be read");
    }

    @Test
    void followsALinkInsideTheWorkspace() throws IOException {
        Files.writeString(Files.createDirectory(workspace.resolve("docs")).resolve("task.md"), "text");
        Files.createSymbolicLink(workspace.resolve("PROMPT.md"), Path.of("docs/task.md"));
        assertThat(read("PROMPT.md")).isEqualTo("text");
    }

    @Test
    void takesAnAbsolutePathOutsideTheWorkspaceFromTheHost() throws IOException {
        Path outside = Files.writeString(temp.resolve("outside"), "text");
        assertThat(new PromptFile(workspace, outside.toAbsolutePath()).read()).isEqualTo("text");
    }

    @Test
    void worksInAWorkspaceThatIsReachedThroughALink() throws IOException {
        Path link = Files.createSymbolicLink(temp.resolve("link"), workspace);
        Files.writeString(workspace.resolve("p"), "text");
        assertThat(new PromptFile(link, Path.of("p")).read()).isEqualTo("text");
        assertThat(new PromptFile(link, link.resolve("p")).read()).isEqualTo("text");
    }

    @Test
    void readsOnAThreadThatIsInterrupted() throws IOException {
        Files.writeString(workspace.resolve("p"), "text");
        Thread.currentThread().interrupt();
        assertThat(read("p")).isEqualTo("text");
        assertThat(Thread.interrupted()).isTrue();
    }

    private String read(String file) {
        return new PromptFile(workspace, Path.of(file)).read();
    }

    private void refuses(String file, String... messages) {
        assertThatExceptionOfType(InvalidPromptException.class)
                .isThrownBy(() -> read(file))
                .withMessageContainingAll(messages)
                .withMessageContaining(workspace.resolve(file).toString());
    }
}
