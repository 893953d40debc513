/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A JVM that dies at any call of git, before or after it, leaves a sound repository, and what it did can be repeated. */
@ExtendWith(SharedGit.class)
@Tag("integration")
class CrashTest {

    private static final int CRASHED = 77;

    @TempDir
    Path temp;

    private final GitRunner git;

    CrashTest(GitRunner git) {
        this.git = git;
    }

    @ParameterizedTest
    @ValueSource(strings = {"before", "after"})
    void inACheckpoint(String moment) throws Exception {
        GitSandbox repo = GitSandbox.withCommit(temp.resolve("repo"));
        Requests requests = new Requests(OtherJvmMain.RUN, "lease-2");
        int crashes = 0;
        for (int fatal = 0; ; fatal++) {
            repo.write("a.txt", "round " + fatal + "\n");
            repo.write("new-" + fatal, "new\n");
            Map<String, String> user = repo.userState();
            Map<String, String> content = repo.content();
            int exitCode = crash(repo, "checkpoint", fatal, moment);
            assertThat(repo.userState()).isEqualTo(user);
            assertThat(repo.content()).isEqualTo(content);
            repo.assertSound();

            Checkpoint made = repo.open(git).checkpoint(requests.number(fatal)).checkpoint();
            assertThat(repo.git("show", made.reference() + ":a.txt")).isEqualTo("round " + fatal);
            assertThat(repo.open(git).checkpoints(OtherJvmMain.RUN)).contains(made);
            if (exitCode == 0) {
                break;
            }
            assertThat(exitCode).isEqualTo(CRASHED);
            crashes++;
        }
        assertThat(crashes).isGreaterThanOrEqualTo(5);
    }

    @Test
    void inARollback() throws Exception {
        GitSandbox repo = GitSandbox.withCommit(temp.resolve("repo"));
        Requests requests = new Requests(OtherJvmMain.RUN, "lease-2");
        Checkpoint start = repo.open(git).checkpoint(requests.number(0)).checkpoint();
        Map<String, String> target = repo.content();
        int crashes = 0;
        for (int fatal = 0; ; fatal++) {
            repo.write("a.txt", "round " + fatal + "\n");
            repo.delete("dir");
            repo.write("dir", "a file\n");
            String spoiled = "round " + fatal;
            int exitCode = crash(repo, start.commit(), fatal, "after");
            repo.assertSound();

            RollbackResult result = repo.open(git).rollback(start.commit(), requests.safety());
            assertThat(repo.content()).isEqualTo(target);
            assertThat(result.kept()).isEmpty();
            assertThat(repo.open(git).checkpoints(OtherJvmMain.RUN))
                    .anySatisfy(checkpoint -> assertThat(repo.git("show", checkpoint.commit() + ":a.txt"))
                            .isEqualTo(spoiled));
            if (exitCode == 0) {
                break;
            }
            assertThat(exitCode).isEqualTo(CRASHED);
            crashes++;
        }
        assertThat(crashes).isGreaterThanOrEqualTo(8);
    }

    private static int crash(GitSandbox repo, String what, int fatal, String moment) throws Exception {
        try (OtherJvm jvm = OtherJvm.start("crash", repo.directory().toString(), what, String.valueOf(fatal), moment)) {
            return jvm.awaitExit();
        }
    }
}
