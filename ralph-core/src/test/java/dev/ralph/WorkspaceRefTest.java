/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.util.List;
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
                "ssh://me:hunter22@example.com/x.git",
                "https://me:hun@ter22@example.com/x.git",
                "ssh://me:hun@ter22@example.com/x.git",
                "https://me:?#hunter22@example.com/x.git",
                "https://example.com/x.git?access_token=hunter22",
                "https://example.com/x.git?a=b&PRIVATE-TOKEN=hunter22&c=d"
            })
    void credentialsInAUrlAreRefusedAndNotRepeated(String url) {
        assertThatExceptionOfType(InvalidValueException.class)
                .isThrownBy(() -> new WorkspaceRef("git", Map.of("remote", url)))
                .withMessageContaining("example.com/x.git")
                .withMessageContaining("credential helper")
                .withMessageNotContaining("ter22");
    }

    @Test
    void credentialsDeepInSettingsAreRefusedToo() {
        String url = "https://me:hunter22@example.com/x.git";
        for (Object deep : List.of(List.of(url), Map.of("a", List.of("b", Map.of("c", url))), Map.of(url, "x"))) {
            assertThatExceptionOfType(InvalidValueException.class)
                    .isThrownBy(() -> new WorkspaceRef("other", Map.of("remotes", deep)))
                    .withMessageContaining("workspace.settings.remotes")
                    .withMessageContaining("***@example.com/x.git")
                    .withMessageNotContaining("hunter22");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://example.com/x.git",
                "https://example.com/x.git?ref=a@b",
                "https://example.com/a@b:c@d/x.git",
                "/srv/a?token=b",
                "ssh://git@example.com/x.git",
                "git@example.com:x.git",
                "/srv/x@y.git"
            })
    void aUserWithoutAPasswordIsNoCredential(String url) {
        assertThat(new WorkspaceRef("git", Map.of("remote", url)).settings()).containsEntry("remote", url);
    }
}
