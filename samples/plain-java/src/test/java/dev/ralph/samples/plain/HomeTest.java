/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.plain;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The folder a user's runs are in, from the first command on. */
@Tag("integration")
class HomeTest {

    private static final String NO_RUN = "01a20999-34af-7ef3-9b92-7ba6cc4895e8";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private Path home;

    @SuppressWarnings("NullAway.Init")
    private RalphProcess.Setup ralph;

    @BeforeEach
    void nameIt() {
        home = folder.resolve("a folder").resolve("home");
        ralph = new RalphProcess.Setup(folder, home);
    }

    @Test
    void whoOnlyLooksMakesNothing() {
        assertThat(ralph.here("list").out()).contains("No runs.");
        assertThat(ralph.here("costs").out()).contains("No attempts.");
        assertThat(ralph.here("show", NO_RUN).err()).contains("there is no run " + NO_RUN);
        assertThat(ralph.here("agents").code()).isZero();

        assertThat(home).doesNotExist();
    }

    @Test
    void theFirstRunMakesADatabaseOnlyItsOwnerCanReadAndSaysNothingAboutIt() throws Exception {
        Repository repository = Repository.create(folder);
        var end = ralph.run(
                "run", "--prompt", "x", "--workspace", repository.argument(), "--", "sh", "-c", "echo LOOP_COMPLETE");

        assertThat(end.code()).as(end.all()).isZero();
        assertThat(end.err()).isEmpty();
        assertThat(permissions(home)).isEqualTo("rwx------");
        assertThat(permissions(home.resolve("runs.mv.db"))).isEqualTo("rw-------");
        assertThat(home.resolve("nodes")).isEmptyDirectory();
    }

    @Test
    void theFilesOfAnEarlierVersionAreLeftAlone() throws Exception {
        Path journal = Files.createDirectories(home.resolve("runs")).resolve(NO_RUN + ".journal");
        Files.writeString(journal, "{\"op\":\"create\"}\n");

        assertThat(ralph.here("list").out()).contains("No runs.");
        EmptyDatabase.copyTo(home);
        assertThat(ralph.here("list").out()).contains("No runs.");
        assertThat(journal).hasContent("{\"op\":\"create\"}");
    }

    @Test
    void aFolderThatCannotBeMadeIsNamed() throws Exception {
        Path file = Files.createFile(folder.resolve("file"));

        var end = new RalphProcess.Setup(folder, file.resolve("home")).here("resume", NO_RUN);

        assertThat(end.code()).as(end.all()).isEqualTo(1);
        assertThat(end.err())
                .contains(file.resolve("home").toString(), "set RALPH_HOME")
                .hasLineCount(1);
    }

    @Test
    void aFileThatIsNoDatabaseIsNamed() throws Exception {
        Files.createDirectories(home);
        Files.write(home.resolve("runs.mv.db"), new byte[20_000]);

        var end = ralph.here("list");

        assertThat(end.code()).as(end.all()).isEqualTo(1);
        assertThat(end.err())
                .contains(home.resolve("runs.mv.db").toString(), "restore it from a backup, or move it away")
                .hasLineCount(1);
    }

    @Test
    void whatADeadProcessLeftIsClearedAway() throws Exception {
        EmptyDatabase.copyTo(home);
        Path nodes = Files.createDirectories(home.resolve("nodes"));
        String host = InetAddress.getLocalHost().getHostName();
        Path dead = Files.createFile(nodes.resolve("0-0-12345678@" + host));
        Path elsewhere = Files.createFile(nodes.resolve("0-0-12345678@another.example"));

        assertThat(ralph.here("list").code()).isZero();
        assertThat(dead).as("whoever only looks clears nothing away").exists();

        assertThat(ralph.here("resume", NO_RUN).err()).contains("there is no run " + NO_RUN);

        assertThat(dead).doesNotExist();
        assertThat(elsewhere).exists();
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
