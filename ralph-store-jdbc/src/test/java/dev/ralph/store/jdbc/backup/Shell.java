/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs the scripts and PostgreSQL's client programs as an operator does. Immutable. */
record Shell(Path folder, Map<String, String> environment) {

    /** Where Debian has the client programs of the version that the tests' server has. */
    private static final Path PROGRAMS = Path.of("/usr/lib/postgresql/15/bin");

    private static final Path SCRIPTS =
            Path.of("..", "deploy", "backup").toAbsolutePath().normalize();

    /** A shell that keeps what its programs print in the folder. */
    Shell(Path folder) {
        this(folder, Map.of("PATH", PROGRAMS + ":" + System.getenv("PATH")));
    }

    /** How a program ended, and what it printed. */
    record Ended(int code, String output) {

        Ended requireSuccess() {
            assertThat(code).as("%s", output).isZero();
            return this;
        }

        Ended requireFailure() {
            assertThat(code).as("%s", output).isEqualTo(1);
            return this;
        }
    }

    /** A program at work. */
    record Started(Process process, Path output) {

        Ended await() throws IOException, InterruptedException {
            if (!process.waitFor(10, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                throw new AssertionError("it does not end: " + Files.readString(output));
            }
            return new Ended(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
        }
    }

    Shell with(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(environment);
        more.put(name, value);
        return new Shell(folder, Map.copyOf(more));
    }

    /** With a program that is found before all others of its name. */
    Shell withProgram(String name, String script) throws IOException {
        Path programs = Files.createDirectories(folder.resolve("programs"));
        Path program = Files.writeString(programs.resolve(name), script);
        assertThat(program.toFile().setExecutable(true)).isTrue();
        return with("PATH", programs + ":" + environment.get("PATH"));
    }

    static Path pathOf(String name) {
        return SCRIPTS.resolve(name);
    }

    Ended script(String name, String... arguments) throws IOException, InterruptedException {
        return startScript(name, arguments).await();
    }

    Started startScript(String name, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(pathOf(name).toString()));
        command.addAll(Arrays.asList(arguments));
        return start(command);
    }

    Ended run(String... command) throws IOException, InterruptedException {
        return start(List.of(command)).await();
    }

    private Started start(List<String> command) throws IOException {
        // A file, not a pipe: what a killed script leaves at work keeps a pipe open.
        Path output = Files.createTempFile(folder, "printed-", ".log");
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(output.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("PG") || name.startsWith("DATABASE_"));
        builder.environment().putAll(environment);
        return new Started(builder.start(), output);
    }
}
