/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One dependency and three properties give a working loop, as docs/spring.md shows it. */
class MinimalApplicationTest {

    private static final Path SOURCES = Path.of("src", "test", "minimal-app");
    private static final Pattern QUICK_START = Pattern.compile("\n## Quick start\n(.*?)\n## ", Pattern.DOTALL);
    private static final Pattern BLOCK = Pattern.compile("```\\w+\n(.*?)```", Pattern.DOTALL);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Test
    @Tag("integration")
    void oneDependencyAndThreePropertiesGiveAWorkingLoop() throws IOException, InterruptedException {
        MinimalApplication application = MinimalApplication.build(folder);
        Path agent = Files.createDirectory(folder.resolve("bin")).resolve("my-agent");
        Files.writeString(agent, "#!/bin/sh\ncat >/dev/null\necho LOOP_COMPLETE\n");
        Files.setPosixFilePermissions(agent, PosixFilePermissions.fromString("rwx------"));
        Path repository = Files.createDirectory(folder.resolve("repo"));
        Files.writeString(repository.resolve("pom.xml"), """
                <project xmlns="http://maven.apache.org/POM/4.0.0">
                  <modelVersion>4.0.0</modelVersion>
                  <groupId>demo</groupId>
                  <artifactId>repo</artifactId>
                  <version>1</version>
                  <packaging>pom</packaging>
                </project>
                """);

        assertThat(application.run("demo.Demo", true).lines()).contains("COMPLETED");
    }

    @Test
    void theDocumentationShowsThisApplication() throws IOException {
        String page = Files.readString(Path.of("..", "docs", "spring.md"));
        String quickStart = QUICK_START
                .matcher(page)
                .results()
                .map(found -> found.group(1))
                .findFirst()
                .orElseThrow();
        List<String> shown = BLOCK.matcher(quickStart)
                .results()
                .map((MatchResult block) -> unindented(block.group(1)))
                .toList();

        assertThat(shown).hasSize(3);
        assertThat(unindented(Files.readString(SOURCES.resolve("pom.xml")))).contains(shown.get(0));
        assertThat(unindented(Files.readString(SOURCES.resolve("src/main/resources/application.yaml"))))
                .isEqualTo(shown.get(1));
        assertThat(unindented(Files.readString(SOURCES.resolve("src/main/java/demo/Demo.java"))))
                .contains(shown.get(2));
    }

    private static String unindented(String text) {
        return text.lines().map(String::strip).collect(Collectors.joining("\n"));
    }
}
