/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;

/** A word by which a test finds its processes, in their environment or arguments, wherever they went. */
record Witness(String word) {

    static Witness create() {
        return new Witness("witness-" + UUID.randomUUID());
    }

    /** Process ids and command lines of those alive; a zombie has neither environment nor arguments. */
    List<String> alive() {
        return alive(process -> true);
    }

    /** Those alive that are not part of a supervisor. */
    List<String> contained() {
        return alive(process -> read(process.resolve("environ")).contains("RALPH_PROCESS="));
    }

    private List<String> alive(Predicate<Path> filter) {
        List<String> found = new ArrayList<>();
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (Path process : processes) {
                String arguments = read(process.resolve("cmdline"));
                boolean marked = arguments.contains(word)
                        || read(process.resolve("environ")).contains(word);
                if (marked && filter.test(process)) {
                    found.add(process.getFileName() + " " + arguments.replace('\0', ' '));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found;
    }

    /** For what a test left alive on purpose. */
    void killAll() {
        alive().stream()
                .map(process -> Long.parseLong(process.substring(0, process.indexOf(' '))))
                .flatMap(pid -> ProcessHandle.of(pid).stream())
                .forEach(ProcessHandle::destroyForcibly);
    }

    void awaitNoneAlive(Duration bound) {
        await().atMost(bound)
                .pollInterval(Duration.ofMillis(20))
                .untilAsserted(() -> assertThat(alive()).as("survivors").isEmpty());
    }

    void awaitAlive(int atLeast) {
        await().atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(20))
                .untilAsserted(() -> assertThat(alive()).hasSizeGreaterThanOrEqualTo(atLeast));
    }

    private static String read(Path file) {
        try (InputStream content = Files.newInputStream(file)) {
            return new String(content.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "";
        }
    }
}
