/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GitPathTest {

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "a/b.txt",
                "with space",
                "tab\there",
                "new\nline",
                "quote\"",
                "back\\slash",
                "ü/\u20ac",
                "\u0001\u007f"
            })
    void survivesQuotingAndUnquoting(String name) {
        GitPath path = GitPath.of(name);
        assertThat(GitPath.parse(path.quoted())).isEqualTo(path);
        assertThat(path).hasToString(name);
    }

    @Test
    void survivesQuotingWithEveryByte() {
        StringBuilder bytes = new StringBuilder();
        IntStream.rangeClosed(1, 255).forEach(b -> bytes.append((char) b));
        GitPath path = new GitPath(bytes.toString());
        assertThat(GitPath.parse(path.quoted())).isEqualTo(path);
        assertThat(path.quoted().chars()).allMatch(c -> c >= 0x20 && c < 0x7f);
    }

    @Test
    void readsGitsOwnEscapes() {
        assertThat(GitPath.parse("\"\\a\\b\\t\\n\\v\\f\\r\\\"\\\\\\303\\274\"").bytes())
                .isEqualTo("\u0007\b\t\n\u000b\f\r\"\\\u00c3\u00bc");
        assertThat(GitPath.parse("plain name")).isEqualTo(new GitPath("plain name"));
    }

    @Test
    void namesTheSameFileAsTheFileSystem() throws IOException {
        Path nested = Files.createDirectories(directory.resolve("d \u00fc%41"));
        Path file = Files.writeString(nested.resolve("f\u20ac \n#?"), "content");
        GitPath path = GitPath.between(directory, file);
        assertThat(path).hasToString("d \u00fc%41/f\u20ac \n#?");
        assertThat(Files.readString(path.under(directory))).isEqualTo("content");
        assertThat(GitPath.between(directory, directory).bytes()).isEmpty();
    }
}
