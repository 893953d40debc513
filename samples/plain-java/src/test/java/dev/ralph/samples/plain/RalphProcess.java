/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.plain;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;

/** The program in a process of its own. Ends with the test that started it. */
final class RalphProcess implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** The line of /proc/self/status that has the signals a process ignores, as a mask. */
    private static final String IGNORED = "SigIgn:";

    private static final long SIGINT_BIT = 1 << 1;

    private final Process process;
    private final Path out;
    private final Path err;

    private RalphProcess(Process process, Path out, Path err) {
        this.process = process;
        this.out = out;
        this.err = err;
    }

    /** What a process that ended left. */
    record Ended(int code, String out, String err) {

        /** Everything it printed, for messages. */
        String all() {
            return "exit code " + code + "\n" + out + "\n" + err;
        }
    }

    /** Where and how it is started. */
    static final class Setup {

        private final Path folder;
        private final Map<String, String> environment = new LinkedHashMap<>();
        private final List<String> jvmArguments = new ArrayList<>();

        /** With its runs in {@code folder}, where there are none yet, and started there. */
        Setup(Path folder) throws IOException {
            this(folder, folder.resolve("home"));
            EmptyDatabase.copyTo(folder.resolve("home"));
        }

        /** With its runs in {@code home}, and started in {@code folder}. */
        Setup(Path folder, Path home) {
            this.folder = folder;
            environment.put("RALPH_HOME", home.toString());
        }

        Setup with(String variable, String value) {
            environment.put(variable, value);
            return this;
        }

        Setup jvmArgument(String argument) {
            jvmArguments.add(argument);
            return this;
        }

        /** Starts the class path of this test. */
        RalphProcess start(String... arguments) throws IOException {
            List<String> command = command();
            command.addAll(List.of(arguments));
            return launch(command);
        }

        /** What {@link #start} starts, without arguments, for a shell. */
        String commandLine() {
            return command().stream()
                    .map(word -> "'" + word.replace("'", "'\\''") + "'")
                    .collect(Collectors.joining(" "));
        }

        /** Starts another main class with the class path of this test. */
        RalphProcess startMain(Class<?> main, String... arguments) throws IOException {
            List<String> command = command(main);
            command.addAll(List.of(arguments));
            return launch(command);
        }

        private List<String> command() {
            return command(RalphCommand.class);
        }

        private List<String> command(Class<?> main) {
            List<String> command = new ArrayList<>(List.of(java()));
            command.addAll(jvmArguments);
            command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp", classPath()));
            command.add(main.getName());
            return command;
        }

        /** Starts any program in the same way. */
        RalphProcess launch(List<String> command) throws IOException {
            Path out = Files.createTempFile(folder, "out", ".txt");
            Path err = Files.createTempFile(folder, "err", ".txt");
            ProcessBuilder builder = new ProcessBuilder(hearingInterrupts(command))
                    .directory(folder.toFile())
                    .redirectInput(
                            ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile());
            builder.environment().keySet().removeIf(RalphProcess::isOurs);
            builder.environment().putAll(environment);
            return new RalphProcess(builder.start(), out, err);
        }

        /** Starts and waits for the end. */
        Ended run(String... arguments) throws IOException, InterruptedException {
            try (RalphProcess process = start(arguments)) {
                return process.await();
            }
        }

        /** Runs it in this process, which is quicker; of its environment it has what configures it. */
        Ended here(String... arguments) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            ByteArrayOutputStream err = new ByteArrayOutputStream();
            PrintStream outBefore = System.out;
            PrintStream errBefore = System.err;
            Map<String, String> properties = new LinkedHashMap<>(environment);
            properties.keySet().removeIf(name -> !isOurs(name));
            System.setProperty("ralph.home", String.valueOf(properties.remove("RALPH_HOME")));
            properties.forEach(System::setProperty);
            System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
            System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
            try {
                int code = RalphCommand.execute(arguments);
                return new Ended(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
            } finally {
                System.setOut(outBefore);
                System.setErr(errBefore);
                System.clearProperty("ralph.home");
                properties.keySet().forEach(System::clearProperty);
            }
        }

        /** A build in the background of a script ignores SIGINT, and its children would inherit that. */
        private static List<String> hearingInterrupts(List<String> command) throws IOException {
            if (!ignoresInterrupts()) {
                return command;
            }
            List<String> hearing = new ArrayList<>(List.of("env", "--default-signal=INT"));
            hearing.addAll(command);
            return hearing;
        }

        private static boolean ignoresInterrupts() throws IOException {
            Path status = Path.of("/proc/self/status");
            return Files.exists(status)
                    && Files.readAllLines(status).stream()
                            .filter(line -> line.startsWith(IGNORED))
                            .anyMatch(line -> (Long.parseUnsignedLong(
                                                    line.substring(IGNORED.length())
                                                            .strip(),
                                                    16)
                                            & SIGINT_BIT)
                                    != 0);
        }

        private static String java() {
            return ProcessHandle.current().info().command().orElseThrow();
        }

        private static String classPath() {
            return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        }
    }

    Ended await() throws IOException, InterruptedException {
        assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .as("it ends; so far: %s", printed())
                .isTrue();
        return new Ended(process.exitValue(), read(out), read(err));
    }

    /** Waits until it has printed this to standard output. */
    RalphProcess awaitOutput(String text) {
        Awaitility.await("output with " + text)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .failFast(
                        "it ended without: see " + out,
                        () -> !process.isAlive() && !printed().contains(text))
                .until(() -> printed().contains(text));
        return this;
    }

    /** Sends a signal by its name. */
    void signal(String name) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder("kill", "-s", name, Long.toString(process.pid()))
                        .start()
                        .waitFor())
                .isZero();
    }

    ProcessHandle handle() {
        return process.toHandle();
    }

    String printed() throws IOException {
        return read(out);
    }

    /** What it has printed to standard error. */
    String complaints() throws IOException {
        return read(err);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    private static boolean isOurs(String variable) {
        return variable.startsWith("RALPH_")
                || variable.startsWith("DATABASE_")
                || variable.equals("AUDIT_KEY")
                || variable.startsWith("ENCRYPTION_")
                || variable.startsWith("LOG_")
                || variable.startsWith("SENTRY_")
                || variable.startsWith("METRICS_")
                || variable.equals("ENABLE_METRICS")
                || variable.equals("NO_COLOR");
    }

    private static String read(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    }
}
