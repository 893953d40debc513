/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.ralph.ConfigurationException;
import dev.ralph.InvalidValueException;
import dev.ralph.WorkspaceRef;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GitRemoteTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://example.com/x.git",
                "ssh://git@example.com:22/x.git",
                "git://example.com/x",
                "file:///srv/x.git",
                "git@example.com:team/x.git",
                "example.com:x.git",
                "/srv/x y.git"
            })
    void isWhatGitCanClone(String remote) {
        assertThat(GitRemote.of(remote).remote()).isEqualTo(remote);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "-x",
                "--upload-pack=touch x",
                "ext::sh -c x",
                "foo::bar",
                "ftp://example.com/x",
                "a\nb:c",
                "https://"
            })
    void isNothingThatGitWouldRunOrMisread(String remote) {
        assertThatExceptionOfType(InvalidValueException.class)
                .isThrownBy(() -> GitRemote.of(remote))
                .withMessageContaining("workspace.remote");
    }

    @Test
    void aRelativePathIsTakenFromHere() {
        assertThat(GitRemote.of("x.git").remote())
                .isEqualTo(Path.of("x.git").toAbsolutePath().toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"ftp://me:hunter22@example.com/x", "https://me:hunter22@example.com/x"})
    void credentialsAreRefusedAndNotRepeated(String remote) {
        assertThatExceptionOfType(InvalidValueException.class)
                .isThrownBy(() -> GitRemote.of(remote))
                .withMessageContaining("name of a secret")
                .withMessageNotContaining("hunter22");
    }

    @Test
    void comesBackFromItsReference() {
        GitRemote full = GitRemote.of("https://example.com/x.git")
                .withBranch("feature/x")
                .withCommit("0123456789".repeat(4))
                .withDirectory("app/web")
                .withSecret("TOKEN", "robot");

        assertThat(GitRemote.of(full.ref())).isEqualTo(full);
        assertThat(full.ref().describe())
                .startsWith("git remote=https://example.com/x.git branch=feature/x")
                .contains("secret=TOKEN");
        assertThat(GitRemote.of(WorkspaceRef.git("/x"))).isEqualTo(GitRemote.of("/x"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-x", "a..b", "a b", "a:b", "a/", "", "a~1"})
    void aBranchIsABranch(String branch) {
        assertThatExceptionOfType(InvalidValueException.class)
                .isThrownBy(() -> GitRemote.of("/x").withBranch(branch))
                .withMessageContaining("workspace.branch");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/abs", "..", "../x", "a/../b", ".git/hooks", " "})
    void aDirectoryIsBelowTheTop(String directory) {
        assertThatExceptionOfType(InvalidValueException.class)
                .isThrownBy(() -> GitRemote.of("/x").withDirectory(directory))
                .withMessageContaining("workspace.directory");
    }

    @Test
    void aSecretIsForHttp() {
        assertThatExceptionOfType(InvalidValueException.class)
                .isThrownBy(() -> GitRemote.of("git@example.com:x.git").withSecret("TOKEN", null))
                .withMessageContaining("SSH");
    }

    @Test
    void settingsNobodyKnowsAreRefused() {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> GitRemote.of(new WorkspaceRef("git", Map.of("remote", "/x", "brunch", "main"))))
                .withMessageContaining("brunch")
                .withMessageContaining("branch");
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> GitRemote.of(new WorkspaceRef("git", Map.of())))
                .withMessageContaining("remote");
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> GitRemote.of(new WorkspaceRef("git", Map.of("remote", 7))))
                .withMessageContaining("7");
    }
}
