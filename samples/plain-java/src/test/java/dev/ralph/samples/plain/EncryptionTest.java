/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.plain;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs are encrypted on disk with a key, and neither read nor written without it. */
@Tag("integration")
class EncryptionTest {

    private static final String PROMPT = "Do what the canary says";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private Repository repository;

    @BeforeEach
    void create() throws Exception {
        repository = Repository.create(folder);
    }

    @Test
    void whatIsOnDiskShowsNoPromptAndOnlyTheKeyReadsIt() throws Exception {
        RalphProcess.Setup keyed = new RalphProcess.Setup(folder).with("ENCRYPTION_KEY", key('k'));
        String id = run(keyed);

        assertThat(keyed.here("show", id).out()).contains("COMPLETED", "text of " + PROMPT.length() + " characters");
        assertThat(database()).doesNotContain(PROMPT);
        var keyless = new RalphProcess.Setup(folder, folder.resolve("home")).here("list");
        assertThat(keyless.code()).as(keyless.all()).isEqualTo(2);
        assertThat(keyless.err()).contains("ENCRYPTION_KEY", "there is no key here");
        var wrong = keyed.with("ENCRYPTION_KEY", key('w')).here("show", id);
        assertThat(wrong.code()).as(wrong.all()).isEqualTo(2);
        assertThat(wrong.err()).contains("ENCRYPTION_KEY", "add that key").doesNotContain(key('w'));
    }

    @Test
    void whatNeedsNoRunsNeedsNoStoreThatSeals() throws Exception {
        RalphProcess.Setup keyed = new RalphProcess.Setup(folder)
                .with("ENCRYPTION_KEY", key('k'))
                .with("RALPH_ARTIFACTS_DIR", folder.resolve("artifacts").toString());

        var agents = keyed.here("agents");
        assertThat(agents.code()).as(agents.all()).isZero();
        var dry =
                keyed.here("run", "--dry-run", "--prompt", PROMPT, "--workspace", repository.argument(), "--", "true");
        assertThat(dry.code()).as(dry.all()).isZero();
    }

    @Test
    void withoutAKeyTheDiskShowsIt() throws Exception {
        run(new RalphProcess.Setup(folder));

        assertThat(database()).contains(PROMPT);
    }

    private String run(RalphProcess.Setup ralph) throws Exception {
        var end = ralph.here(
                "run",
                "--quiet",
                "--prompt",
                PROMPT,
                "--workspace",
                repository.argument(),
                "--max-iterations",
                "1",
                "--",
                "sh",
                repository.script("agent.sh", "echo LOOP_COMPLETE"));
        assertThat(end.code()).as(end.all()).isZero();
        return end.out().lines().findFirst().orElseThrow();
    }

    private String database() throws Exception {
        return Files.readString(folder.resolve("home").resolve("runs.mv.db"), StandardCharsets.ISO_8859_1);
    }

    private static String key(char letter) {
        return Base64.getEncoder()
                .encodeToString(String.valueOf(letter).repeat(32).getBytes(StandardCharsets.UTF_8));
    }
}
