/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The code of the README compiles as it stands there, and does what the README says. */
@Tag("linux")
class ReadmeTest {

    private static final Pattern JAVA = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

    @RegisterExtension
    final Playground play = new Playground();

    @Test
    void theFirstExampleRunsToAVerifiedEnd() throws Exception {
        play.repository("repo");
        program("my-agent", "cat >/dev/null; [ \"$MY_API_KEY\" = k3y ] && touch tests-pass && echo LOOP_COMPLETE");
        program("mvn", "[ -e tests-pass ]");
        Path source = Files.writeString(play.file("Example.java"), """
                import dev.ralph.*;
                import dev.ralph.agent.CommandAgent;
                import dev.ralph.spi.Gate;
                import java.nio.file.Path;
                class Example {
                    static void output(Run run) {
                %s    }
                    public static void main(String[] arguments) throws Exception {
                %s    }
                }
                """.formatted(example(1), example(0)));

        assertThat(run(source)).endsWith("COMPLETED VERIFIED\n");
    }

    private static String example(int number) throws IOException {
        List<MatchResult> blocks = JAVA.matcher(Files.readString(Path.of("..", "README.md")))
                .results()
                .toList();
        assertThat(blocks).as("blocks of Java in the README").hasSize(2);
        return blocks.get(number).group(1);
    }

    private void program(String name, String script) throws IOException {
        Path file = Files.writeString(play.directory("bin").resolve(name), "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private String run(Path source) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        ChildJvm.classPath(),
                        source.toString())
                .directory(play.folder().toFile())
                .redirectErrorStream(true);
        builder.environment().put("MY_API_KEY", "k3y");
        builder.environment().merge("PATH", play.file("bin").toString(), (old, own) -> own + File.pathSeparator + old);
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }
}
