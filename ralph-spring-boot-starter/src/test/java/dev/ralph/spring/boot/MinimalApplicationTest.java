/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One dependency and three properties give a working loop. */
@Tag("integration")
class MinimalApplicationTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Test
    void oneDependencyAndThreePropertiesGiveAWorkingLoop() throws IOException, InterruptedException {
        MinimalApplication application = MinimalApplication.build(folder);
        Path workspace = Files.createDirectory(folder.resolve("workspace"));

        assertThat(application.run("demo.Demo", true, workspace.toString()))
                .contains("The loop ended: COMPLETED after 1 iteration");
        assertThat(Files.readAllLines(folder.resolve("app/src/main/resources/application.properties")))
                .hasSize(3);
    }
}
