/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * The application in {@code src/test/minimal-app}, built by a Maven of its own, without a network and without anything of
 * Ralph's in the local repository of the user: what this build has made of it is put into a repository of the test's,
 * which for all other artifacts links to that of the user.
 */
final class MinimalApplication {

    private static final String VERSION = "0.1.0-SNAPSHOT";

    private final Path folder;
    private final List<Path> classPath;

    private MinimalApplication(Path folder, List<Path> classPath) {
        this.folder = folder;
        this.classPath = classPath;
    }

    /** Builds it in an empty folder. */
    static MinimalApplication build(Path folder) throws IOException, InterruptedException {
        Path sources = folder.resolve("app");
        copy(Path.of("src", "test", "minimal-app"), sources);
        Path repository = repository(folder.resolve("repository"));
        Path list = folder.resolve("class-path");
        Process maven = new ProcessBuilder(
                        mavenHome().resolve("bin").resolve("mvn").toString(),
                        "--offline",
                        "--batch-mode",
                        "-Dstyle.color=never",
                        "-Dmaven.repo.local=" + repository,
                        "compile",
                        "dependency:build-classpath",
                        "-Dmdep.outputFile=" + list)
                .directory(sources.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(maven.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(maven.waitFor()).as(output).isZero();
        List<Path> classPath = new ArrayList<>(List.of(sources.resolve("target").resolve("classes")));
        entries(Files.readString(list).strip()).map(Path::of).forEach(classPath::add);
        return new MinimalApplication(folder, classPath);
    }

    /**
     * Starts a main class in a JVM of its own and returns what it printed, once it has ended well. On its path are the programs in
     * the folder {@code bin} beside the application, and Maven.
     */
    String run(String main, boolean withRalph) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home", ""), "bin", "java").toString());
        command.add("-cp");
        command.add(String.join(
                File.pathSeparator,
                classPath.stream()
                        .map(Path::toString)
                        .filter(path -> withRalph || !path.contains("/dev/ralph/"))
                        .toList()));
        command.add(main);
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment()
                .merge(
                        "PATH",
                        folder.resolve("bin") + File.pathSeparator + mavenHome().resolve("bin"),
                        (path, first) -> first + File.pathSeparator + path);
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).as(output).isTrue();
        assertThat(process.exitValue()).as(output).isZero();
        return output;
    }

    private static Path mavenHome() {
        return Path.of(System.getProperty("test.maven.home", ""));
    }

    private static Path repository(Path repository) throws IOException {
        Path users = Path.of(System.getProperty("test.maven.repository", ""));
        Files.createDirectories(repository.resolve("dev"));
        linkAll(users, repository, "dev");
        if (Files.isDirectory(users.resolve("dev"))) {
            linkAll(users.resolve("dev"), repository.resolve("dev"), "ralph");
        }
        pom(repository, "ralph-parent", Path.of("..", "pom.xml"));
        pom(repository, "ralph-bom", Path.of("..", "ralph-bom", "pom.xml"));
        pom(repository, "ralph-core", Path.of("..", "ralph-core", "pom.xml"));
        pom(repository, "ralph-spring-boot-starter", Path.of("pom.xml"));
        jar(repository, "ralph-core", onClassPath("ralph-core"));
        jar(repository, "ralph-spring-boot-starter", Path.of("target", "classes"));
        return repository;
    }

    private static Stream<String> entries(String classPath) {
        return Pattern.compile(File.pathSeparator, Pattern.LITERAL).splitAsStream(classPath);
    }

    private static Path onClassPath(String module) {
        return entries(System.getProperty("java.class.path", ""))
                .filter(entry -> entry.contains("/" + module + "/"))
                .map(Path::of)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(module + " is not on the class path"));
    }

    private static void pom(Path repository, String module, Path pom) throws IOException {
        Files.copy(pom, place(repository, module, "pom"));
    }

    /** As it is, or made of its classes. */
    private static void jar(Path repository, String module, Path content) throws IOException {
        Path jar = place(repository, module, "jar");
        if (Files.isRegularFile(content)) {
            Files.copy(content, jar);
            return;
        }
        try (OutputStream file = Files.newOutputStream(jar);
                ZipOutputStream zip = new ZipOutputStream(file);
                Stream<Path> files = Files.walk(content)) {
            for (Path path : files.filter(Files::isRegularFile).toList()) {
                zip.putNextEntry(new ZipEntry(content.relativize(path).toString()));
                Files.copy(path, zip);
                zip.closeEntry();
            }
        }
    }

    private static Path place(Path repository, String module, String type) throws IOException {
        Path folder = Files.createDirectories(
                repository.resolve("dev").resolve("ralph").resolve(module).resolve(VERSION));
        return folder.resolve(module + "-" + VERSION + "." + type);
    }

    private static void linkAll(Path from, Path to, String except) throws IOException {
        try (Stream<Path> children = Files.list(from)) {
            for (Path child : children.toList()) {
                String name = child.toFile().getName();
                if (!name.equals(except)) {
                    Files.createSymbolicLink(to.resolve(name), child.toAbsolutePath());
                }
            }
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            files.filter(Files::isRegularFile).forEach(file -> {
                Path target = to.resolve(from.relativize(file).toString());
                try {
                    Files.createDirectories(target.getParent());
                    Files.copy(file, target);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }
}
