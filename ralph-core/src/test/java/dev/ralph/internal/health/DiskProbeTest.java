/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ralph.health.CheckResult;
import dev.ralph.health.CheckStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskProbeTest {

    @TempDir
    Path folder;

    @Test
    void aDiskIsFullAtNinetyPercentOfWhatThisUserMayUse() {
        assertThat(probe(899, 101).check().status()).isEqualTo(CheckStatus.UP);

        CheckResult full = probe(900_000_000, 100_000_000).check();

        assertThat(full.status()).isEqualTo(CheckStatus.DOWN);
        assertThat(full.message())
                .contains(folder.toString())
                .contains("90.0 % full")
                .contains("100 MB left")
                .contains("make room");
        assertThat(full.details()).containsEntry(folder + " usedPercent", 90.0);
    }

    @Test
    void aDiskThatCannotBeLookedAtIsDown() {
        DiskProbe probe = new DiskProbe(List.of(folder), path -> {
            throw new IOException("stale handle");
        });

        assertThat(probe.check().status()).isEqualTo(CheckStatus.DOWN);
        assertThat(probe.check().message()).contains("mounted");
    }

    @Test
    void ofAFolderThatIsStillToBeMadeTheDiskItIsGoingToBeOnCounts() {
        Path later = folder.resolve("a/b/later");

        CheckResult full = new DiskProbe(List.of(later), path -> {
                    assertThat(path).isEqualTo(folder);
                    return new DiskSpace(95, 5);
                })
                .check();

        assertThat(full.status()).isEqualTo(CheckStatus.DOWN);
        assertThat(full.message()).contains(later.toString());
        assertThat(new DiskProbe(List.of(later), path -> new DiskSpace(5, 95))
                        .check()
                        .status())
                .isEqualTo(CheckStatus.UP);
    }

    @Test
    void aFolderThatWasThereAndIsGoneIsDownUntilItIsBack() throws IOException {
        Path there = Files.createDirectory(folder.resolve("there"));
        DiskProbe probe = new DiskProbe(List.of(there), path -> new DiskSpace(5, 95));
        assertThat(probe.check().status()).isEqualTo(CheckStatus.UP);

        Files.delete(there);
        assertThat(probe.check().status()).isEqualTo(CheckStatus.DOWN);
        assertThat(probe.check().message()).contains(there + " was there and is gone");

        Files.createDirectory(there);
        assertThat(probe.check().status()).isEqualTo(CheckStatus.UP);
    }

    @Test
    @Tag("linux")
    void aFolderOfWhichNobodyCanSayWhetherItIsThereIsDown() throws IOException {
        Path loop = folder.resolve("loop");
        Files.createSymbolicLink(loop, loop);

        CheckResult result = new DiskProbe(List.of(loop), path -> new DiskSpace(5, 95)).check();

        assertThat(result.status()).isEqualTo(CheckStatus.DOWN);
        assertThat(result.message()).contains("cannot be found out whether " + loop);
    }

    @Test
    void whatOnlyRoundsToTheLimitIsBelowIt() {
        CheckResult result = probe(8_996, 1_004).check();

        assertThat(result.status()).isEqualTo(CheckStatus.UP);
        assertThat(result.details()).containsEntry(folder + " usedPercent", 90.0);
    }

    @Test
    void theDiskOfThisHostIsMeasured() {
        assertThat(new DiskProbe(List.of(folder, folder)).check().details())
                .hasSize(1)
                .hasEntrySatisfying(
                        folder + " usedPercent",
                        percent -> assertThat((double) percent).isBetween(0.0, 100.0));
    }

    @Test
    @Tag("linux")
    @Tag("root")
    void aSmallDiskThatFillsUpIsFoundFullAndThenEmptyAgain() throws Exception {
        Path disk = Files.createDirectory(folder.resolve("disk"));
        run("mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", disk.toString());
        try {
            DiskProbe probe = new DiskProbe(List.of(disk));
            assertThat(probe.check().status()).isEqualTo(CheckStatus.UP);

            Path big = Files.write(disk.resolve("big"), new byte[3_900_000]);
            assertThat(probe.check().status()).isEqualTo(CheckStatus.DOWN);
            assertThat(probe.check().message()).contains(disk.toString()).contains("% full");

            Files.delete(big);
            assertThat(probe.check().status()).isEqualTo(CheckStatus.UP);

            run("mount", "-o", "remount,ro", disk.toString());
            assertThat(probe.check().message()).contains("cannot be written");
        } finally {
            run("umount", disk.toString());
        }
    }

    private DiskProbe probe(long used, long usable) {
        return new DiskProbe(List.of(folder), path -> new DiskSpace(used, usable));
    }

    private static void run(String... command) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
    }
}
