/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/** The contract on PostgreSQL and on H2 as a user without privileges, tried by root, who can become one. */
@Tag("linux")
@Tag("root")
@Tag("scale")
@Timeout(600)
class OrdinaryUserTest {

    private static final List<String> AS_NOBODY =
            List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Test
    void theContractHoldsAsThatUser() throws Exception {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
        List<String> command = new ArrayList<>(AS_NOBODY);
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djava.io.tmpdir=" + folder,
                "-Duser.home=" + folder,
                "-cp",
                readableClassPath(),
                Contract.class.getName()));

        Process contract = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        try {
            String output = new String(contract.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(contract.waitFor()).as("%s", output).isZero();
            assertThat(output).containsPattern("user 65534: \\d{3} succeeded, 0 failed");
        } finally {
            contract.destroyForcibly();
        }
    }

    /** A copy: the local repository may be root's alone. */
    private String readableClassPath() throws IOException {
        List<String> copies = new ArrayList<>();
        for (String entry : Pattern.compile(File.pathSeparator)
                .splitAsStream(ChildJvm.classPath())
                .toList()) {
            if (Files.exists(Path.of(entry))) {
                Path copy = folder.resolve("lib").resolve(Integer.toString(copies.size()));
                Files.createDirectories(copy.getParent());
                copy(Path.of(entry), copy);
                copies.add(copy.toString());
            }
        }
        Files.setPosixFilePermissions(folder.resolve("lib"), PosixFilePermissions.fromString("rwxr-xr-x"));
        return String.join(File.pathSeparator, copies);
    }

    private static void copy(Path original, Path copy) throws IOException {
        try (Stream<Path> paths = Files.walk(original)) {
            paths.forEach(path -> {
                try {
                    Path target = copy.resolve(original.relativize(path).toString());
                    Files.copy(path, target);
                    Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rwxr-xr-x"));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }

    /** Runs the contract tests in a process of its own. */
    static final class Contract {

        private Contract() {}

        @SuppressWarnings("SystemOut")
        public static void main(String[] arguments) throws IOException {
            SummaryGeneratingListener listener = new SummaryGeneratingListener();
            LauncherFactory.create()
                    .execute(
                            LauncherDiscoveryRequestBuilder.request()
                                    .selectors(
                                            selectClass(PostgresStoreContractTest.class),
                                            selectClass(H2StoreContractTest.class))
                                    .build(),
                            listener);
            TestExecutionSummary summary = listener.getSummary();
            summary.getFailures()
                    .forEach(failure -> System.out.println(
                            failure.getTestIdentifier().getDisplayName() + ": " + failure.getException()));
            Object user = Files.getAttribute(Path.of("/proc/self"), "unix:uid");
            System.out.println("user " + user + ": " + summary.getTestsSucceededCount() + " succeeded, "
                    + summary.getTotalFailureCount() + " failed");
            System.exit(summary.getTotalFailureCount() == 0 ? 0 : 1);
        }
    }
}
