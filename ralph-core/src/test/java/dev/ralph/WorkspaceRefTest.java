/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkspaceRefTest {

    @Test
    void aDirectoryIsStoredByItsWholePath() {
        WorkspaceRef ref = WorkspaceRef.directory(Path.of("repo", "..", "other"));

        assertThat(ref.path()).contains(Path.of("other").toAbsolutePath());
        assertThat(ref).isEqualTo(WorkspaceRef.directory(Path.of("other")));
        assertThat(ref.describe()).isEqualTo(Path.of("other").toAbsolutePath().toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://me:hunter22@example.com/x.git",
                "https://hunter22@example.com/x.git",
                "HTTPS://:hunter22@example.com/x.git",
                "ssh://me:hunter22@example.com/x.git"
            })
    void credentialsInAUrlAreRefusedAndNotRepeated(String url) {
        assertThatExceptionOfType(InvalidValueException.class)
                .isThrownBy(() -> new WorkspaceRef("git", Map.of("remote", url)))
                .withMessageContaining("example.com/x.git")
                .withMessageContaining("credential helper")
                .withMessageNotContaining("hunter22");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://example.com/x.git",
                "ssh://git@example.com/x.git",
                "git@example.com:x.git",
                "/srv/x@y.git"
            })
    void aUserWithoutAPasswordIsNoCredential(String url) {
        assertThat(new WorkspaceRef("git", Map.of("remote", url)).settings()).containsEntry("remote", url);
    }
}
