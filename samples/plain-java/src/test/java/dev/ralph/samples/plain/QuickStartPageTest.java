/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.plain;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program of {@code docs/quick-start.md} is compiled and run as it stands there. */
@Tag("integration")
class QuickStartPageTest {

    private static final String CLASS_PATH =
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private String page;

    @BeforeEach
    void read() throws Exception {
        page = Files.readString(Path.of("..", "..", "docs", "quick-start.md"));
    }

    @Test
    void theProgramCompilesAndDoesWhatThePageShows() throws Exception {
        Path source = Files.writeString(folder.resolve("Hello.java"), block("src/main/java/Hello.java"));
        Files.writeString(folder.resolve("agent.sh"), block("agent.sh"));
        ByteArrayOutputStream messages = new ByteArrayOutputStream();
        int compiled = ToolProvider.getSystemJavaCompiler()
                .run(null, messages, messages, "-cp", CLASS_PATH, "-d", folder.toString(), source.toString());
        assertThat(compiled).as("%s", messages.toString(StandardCharsets.UTF_8)).isZero();

        Path out = folder.resolve("out.txt");
        ProcessBuilder program = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        folder + File.pathSeparator + CLASS_PATH,
                        "Hello")
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(out.toFile());
        program.environment().keySet().removeIf(name -> name.startsWith("RALPH_"));
        Process process = program.start();
        try {
            assertThat(process.waitFor(90, TimeUnit.SECONDS)).as("it ends").isTrue();
        } finally {
            process.destroyForcibly();
        }

        List<String> lines = Files.readAllLines(out);
        assertThat(lines).last().isEqualTo("COMPLETED VERIFIED after 2 iterations");
        assertThat(page).contains(lines.get(lines.size() - 1));
        assertThat(folder.resolve("workspace/greeting.txt")).hasContent("Hello");
    }

    /** The block that stands below the line with the file's name. */
    private String block(String file) {
        Matcher block = Pattern.compile("`" + Pattern.quote(file) + "`[^\n]*\n\n```\\w+\n(.*?)```", Pattern.DOTALL)
                .matcher(page);
        assertThat(block.find()).as("a block for %s", file).isTrue();
        return block.group(1);
    }
}
