/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ralph.process.ProcessStartException.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandResolverTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Test
    void aProgramIsLookedForInThePathOfTheProcess() throws IOException {
        Path tool = program("bin/tool", "rwx------");
        ProcessSpec spec = spec("tool", "/nowhere:" + folder.resolve("bin") + ":/bin");
        assertThat(CommandResolver.resolve(spec)).containsExactly(tool.toString(), "argument");
    }

    @Test
    void aProgramWithASlashIsRelativeToTheWorkingDirectory() throws IOException {
        Path tool = program("bin/tool", "rwx------");
        assertThat(CommandResolver.resolve(spec("bin/tool", "/bin")).get(0)).isEqualTo(tool.toString());
        assertThat(CommandResolver.resolve(spec("./bin/tool", "/bin")).get(0)).isEqualTo(folder + "/./bin/tool");
    }

    @Test
    void aMissingProgramNamesWhatWasSearchedAndTheFix() {
        assertRefused(spec("tool", "/nowhere:/bin"), Reason.NOT_FOUND)
                .hasMessage("Program 'tool' was not found in PATH '/nowhere:/bin' of the process's environment; install"
                        + " it, name it by its absolute path, or add its folder to that PATH.");
        assertRefused(spec("/nowhere/tool", "/bin"), Reason.NOT_FOUND).hasMessageContaining("/nowhere/tool");
    }

    @Test
    void theWorkingDirectoryCannotReplaceAProgram() throws IOException {
        program("tool", "rwx------");
        assertRefused(spec("tool", ":.:/bin"), Reason.NOT_FOUND);
    }

    @Test
    void aFileThatIsNotExecutableIsNamed() throws IOException {
        Path tool = program("bin/tool", "rw-------");
        assertRefused(spec("tool", folder.resolve("bin").toString()), Reason.NOT_EXECUTABLE)
                .hasMessageContaining(tool.toString())
                .hasMessageContaining("chmod +x");
        assertRefused(spec("bin/tool", "/bin"), Reason.NOT_EXECUTABLE);
        assertRefused(spec("./bin", "/bin"), Reason.NOT_EXECUTABLE);
    }

    @Test
    void anExecutableFurtherDownThePathIsPreferredToARefusal() throws IOException {
        program("first/tool", "rw-------");
        Path second = program("second/tool", "rwx------");
        ProcessSpec spec = spec("tool", folder.resolve("first") + ":" + folder.resolve("second"));
        assertThat(CommandResolver.resolve(spec).get(0)).isEqualTo(second.toString());
    }

    @Test
    void aBadDirectoryIsNamed() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        assertRefused(in(folder.resolve("missing")), Reason.BAD_DIRECTORY).hasMessageContaining("does not exist");
        assertRefused(in(file), Reason.BAD_DIRECTORY).hasMessageContaining(file + " is a file");
    }

    @Test
    void aMissingInputFileIsNamed() {
        ProcessSpec spec = ProcessSpec.builder("/bin/sh")
                .directory(folder)
                .input(ProcessInput.file(folder.resolve("missing")))
                .build();
        assertRefused(spec, Reason.BAD_INPUT)
                .hasMessageContaining(folder.resolve("missing").toString());
    }

    private static AbstractThrowableAssert<?, ?> assertRefused(ProcessSpec spec, Reason reason) {
        return assertThatThrownBy(() -> CommandResolver.resolve(spec))
                .isInstanceOfSatisfying(
                        ProcessStartException.class, e -> assertThat(e.reason()).isEqualTo(reason));
    }

    private static ProcessSpec in(Path directory) {
        return ProcessSpec.builder("/bin/sh").directory(directory).build();
    }

    private ProcessSpec spec(String program, String path) {
        return ProcessSpec.builder(program, "argument")
                .directory(folder)
                .environment(Environment.empty().with("PATH", path))
                .build();
    }

    private Path program(String name, String permissions) throws IOException {
        Path path = folder.resolve(name);
        Files.createDirectories(path.getParent());
        Files.writeString(path, "#!/bin/sh\n");
        return Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
    }
}
