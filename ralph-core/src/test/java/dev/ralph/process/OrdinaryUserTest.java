/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Containment for a user without privileges, tried by root, who can become one. */
@Tag("linux")
@Tag("root")
class OrdinaryUserTest {

    private static final List<String> AS_NOBODY =
            List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path readable;

    private final Witness witness = Witness.create();
    private final List<Path> classPath = new ArrayList<>();

    @BeforeEach
    void copyWhatTheUserMustRead() throws IOException {
        Files.setPosixFilePermissions(readable, PosixFilePermissions.fromString("rwxr-xr-x"));
        for (Path original : HostJvm.classPath()) {
            Path copy = readable.resolve(Integer.toString(classPath.size()));
            copy(original, copy);
            classPath.add(copy);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"UNSHARE", "MARKER"})
    void itRunsAsThatUserAndLeavesNothing(ContainmentMechanism mechanism) throws IOException {
        assertRunsAsNobody(mechanism);
    }

    @ParameterizedTest
    @EnumSource(names = {"UNSHARE", "MARKER"})
    void aJvmThatIsKilledLeavesNothingBehind(ContainmentMechanism mechanism) throws Exception {
        assertDiesWithItsJvm(mechanism);
    }

    @Test
    @Tag("bubblewrap")
    void bubblewrapRunsAsThatUserAndLeavesNothing() throws IOException {
        assertRunsAsNobody(ContainmentMechanism.BWRAP);
    }

    @Test
    @Tag("bubblewrap")
    void bubblewrapDiesWithItsJvm() throws Exception {
        assertDiesWithItsJvm(ContainmentMechanism.BWRAP);
    }

    private void assertRunsAsNobody(ContainmentMechanism mechanism) throws IOException {
        try (HostJvm host = start(mechanism, "id -u; id -g; setsid sleep 300 & exit 0")) {
            host.awaitRunning();
            assertThat(host.readLine())
                    .startsWith("EXITED " + mechanism.level() + " ")
                    .endsWith(" 65534 65534 ");
            assertThat(witness.contained()).isEmpty();
        }
    }

    private void assertDiesWithItsJvm(ContainmentMechanism mechanism) throws Exception {
        try (HostJvm host =
                start(mechanism, "setsid sh -c 'trap \"\" TERM; sleep 300' & sleep 300 & echo up; sleep 300")) {
            host.awaitRunning();
            witness.awaitAlive(4);
            host.signal("KILL");
            witness.awaitNoneAlive(Duration.ofSeconds(20));
        }
    }

    private HostJvm start(ContainmentMechanism mechanism, String script) throws IOException {
        return HostJvm.start(AS_NOBODY, List.of(), classPath, mechanism, witness, script);
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
}
