/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.custom;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The plug-in's jar beside the command-line program's: both as they were packaged, and nothing else on the class path. */
@Tag("integration")
class PluginOnTheClassPathIT {

    private static final String PROGRAM = System.getProperty("ralph.program.jar");
    private static final String PLUGIN = System.getProperty("ralph.plugin.jar");
    private static final String GATE = "files:{\"exist\":[\"NOTES.md\"],\"without\":[\"TODO\"]}";

    private static final int COMPLETED = 0;
    private static final int USAGE = 2;

    @TempDir
    private Path folder;

    private Path workspace;

    private record Ended(int code, String out, String err) {}

    @BeforeEach
    void writeTheScript() throws IOException {
        workspace = Files.createDirectory(folder.resolve("workspace"));
        Path script = Files.writeString(script(), """
                #!/bin/sh
                case $(cat) in
                    *"NOTES.md has 'TODO'"*) echo 'written' > NOTES.md ;;
                    *) echo 'TODO' > NOTES.md ;;
                esac
                echo LOOP_COMPLETE
                """);
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
    }

    @Test
    void itsGateRejectsItsAgentUntilTheWorkIsDone() throws Exception {
        Ended ended = ralph(
                withPlugin(),
                "run",
                "--workspace",
                workspace.toString(),
                "--prompt",
                "Write the notes",
                "--agent",
                "script",
                "--max-iterations",
                "3",
                "--plugin-gate",
                GATE);

        assertThat(ended.code()).as("%s", ended).isEqualTo(COMPLETED);
        assertThat(ended.out()).contains("REJECTED", "PASSED", "COMPLETED");
        assertThat(workspace.resolve("NOTES.md")).hasContent("written");
        assertThat(ended.err()).doesNotContain("unknown configuration value");
    }

    @Test
    void itsAgentIsListedAndReady() throws Exception {
        Ended ended = ralph(withPlugin(), "agents");

        assertThat(ended.out().lines())
                .as("%s", ended)
                .anySatisfy(line -> assertThat(line).matches("script +- +yes .*"));
    }

    @Test
    void settingsItsGateDoesNotKnowAreRefusedBeforeAnythingRuns() throws Exception {
        Ended ended = ralph(withPlugin(), run("files:{\"exists\":[\"NOTES.md\"]}"));

        assertThat(ended.code()).as("%s", ended).isEqualTo(USAGE);
        assertThat(ended.err()).contains("gate 'files' needs 'exist'");
        assertThat(workspace).isEmptyDirectory();
    }

    @Test
    void withoutItsJarItsGateIsRefusedByItsType() throws Exception {
        Ended ended = ralph(PROGRAM, run(GATE));

        assertThat(ended.code()).as("%s", ended).isEqualTo(USAGE);
        assertThat(ended.err()).contains("files");
        assertThat(workspace).isEmptyDirectory();
    }

    private String[] run(String gate) {
        return new String[] {
            "run",
            "--workspace",
            workspace.toString(),
            "--prompt",
            "Write the notes",
            "--plugin-gate",
            gate,
            "--",
            "true"
        };
    }

    private static String withPlugin() {
        return PROGRAM + File.pathSeparator + PLUGIN;
    }

    private Path script() {
        return folder.resolve("work.sh");
    }

    private Ended ralph(String classPath, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                classPath,
                "dev.ralph.samples.plain.RalphCommand"));
        command.addAll(List.of(arguments));
        Path out = folder.resolve("out.txt");
        Path err = folder.resolve("err.txt");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectInput(new File("/dev/null"))
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        Map<String, String> environment = builder.environment();
        environment.keySet().removeIf(name -> name.startsWith("RALPH_") || name.startsWith("DATABASE_"));
        environment.put("RALPH_HOME", folder.resolve("home").toString());
        environment.put("RALPH_SCRIPT", script().toString());
        Process process = builder.start();
        try {
            assertThat(process.waitFor(90, TimeUnit.SECONDS)).as("it ends").isTrue();
            return new Ended(process.exitValue(), Files.readString(out), Files.readString(err));
        } finally {
            process.destroyForcibly();
        }
    }
}
