/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.plain;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs of processes that are gone. */
@Tag("integration")
class HistoryTest {

    private static final Pattern CURSOR = Pattern.compile("list --after (\\S+)");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private Repository repository;

    @SuppressWarnings("NullAway.Init")
    private RalphProcess.Setup ralph;

    @BeforeEach
    void create() throws Exception {
        repository = Repository.create(folder);
        ralph = new RalphProcess.Setup(folder);
    }

    @Test
    void runsAreListedNewestFirstPageByPageAndByWhatTheyAre() throws Exception {
        String first = run("echo LOOP_COMPLETE", "size=small", 0);
        String second = run("date +%s%N >>work; date +%s%N", "size=big", 10);
        String third = run("echo LOOP_COMPLETE", "size=big", 0);

        String page = ralph.here("list", "--limit", "2").out();
        assertThat(page).contains(third, second).doesNotContain(first);
        assertThat(page.indexOf(third)).isLessThan(page.indexOf(second));
        Matcher cursor = CURSOR.matcher(page);
        assertThat(cursor.find()).isTrue();
        assertThat(ralph.here("list", "--after", cursor.group(1)).out())
                .contains(first)
                .doesNotContain(second, third, "--after");
        assertThat(ralph.here("list", "--label", "size=big").out())
                .contains(second, third)
                .doesNotContain(first);
        assertThat(ralph.here("list", "--status", "stopped,failed").out())
                .contains(second, "MAX_ITERATIONS")
                .doesNotContain(first, third);
        assertThat(ralph.here("list", "--agent", "nobody").out()).contains("No runs");
        assertThat(ralph.here("list", "--agent", "command").out()).contains(first, second, third);
    }

    @Test
    void oneRunIsShownWithEverythingRecorded() throws Exception {
        String id = run("echo more >>work; echo LOOP_COMPLETE", "size=small", 0);

        assertThat(ralph.here("show", id).out())
                .contains(id, "COMPLETED, UNVERIFIED", repository.argument(), "text of 1 characters")
                .contains(
                        "Iterations   1 of 2, in 1 attempts, 1 of which did not report",
                        "$0.00 billed + $0.00 estimated + $0.00 unknown")
                .contains("Attempts", "Checkpoints", "before the first", "refs/ralph/" + id)
                .doesNotContain("LOOP_COMPLETE");
        assertThat(ralph.here("show", id, "--output").out()).contains("LOOP_COMPLETE");
        assertThat(ralph.here("events", id).out()).contains("    1  ", "submitted", "ended: COMPLETED");
        assertThat(ralph.here("events", id, "--from", "3").out()).doesNotContain("submitted");
        assertThat(ralph.here("events", id, "--follow").out()).contains("ended: COMPLETED");
    }

    @Test
    void allThatAnAttemptPrintedCanBeReadLater() throws Exception {
        String id = run("seq 200000; printf 'a\\033[31mred\\n' >&2; date +%s%N >>work; date", "size=big", 10);

        String last = ralph.here("output", id).out();
        assertThat(last.lines())
                .containsSubsequence("1", "2", "199999", "200000")
                .contains("ared");
        assertThat(ralph.here("output", id, "--raw", "--iteration", "1", "--attempt", "1")
                        .out())
                .contains("a\u001b[31mred");
        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(folder.resolve("home").resolve("artifacts"))))
                .isEqualTo("rwx------");

        var none = ralph.here("output", id, "--iteration", "1", "--attempt", "7");
        assertThat(none.code()).isEqualTo(2);
        assertThat(none.err()).contains("attempt", "7", "ralph show " + id);
        assertThat(ralph.here("output", id, "--iteration", "9").err()).contains("iteration", "9", "ralph show " + id);
        assertThat(ralph.here("output", id, "--gate", "tests").err()).contains("gate 'tests'", "ralph show " + id);
    }

    @Test
    void whyAnOutputIsNotThereIsSaid() throws Exception {
        ralph.with("RALPH_ARTIFACTS", "none");
        String id = run("echo LOOP_COMPLETE", "size=small", 0);

        var none = ralph.here("output", id);

        assertThat(none.code()).as(none.all()).isEqualTo(1);
        assertThat(none.err()).contains("attempt 1 of iteration 1 is not here: outputs were not kept");
    }

    @Test
    void costsAreAddedUpByDayAgentAndLabel() throws Exception {
        run("echo LOOP_COMPLETE", "size=small", 0);
        run("date +%s%N >>work; date +%s%N", "size=big", 10);

        assertThat(ralph.here("costs").out())
                .contains("DAY", "AGENT", LocalDate.now(ZoneOffset.UTC).toString())
                .containsPattern("command +3 +3 +0 +\\$0.00");
        assertThat(ralph.here("costs", "--by", "agent", "--by-label", "size").out())
                .doesNotContain("DAY")
                .containsPattern("command +big +2")
                .containsPattern("command +small +1")
                .contains("Together: $0.00");
        assertThat(ralph.here("costs", "--label", "size=big", "--json").out())
                .contains("\"type\":\"cost\"", "\"attempts\":2", "\"day\":\"" + LocalDate.now(ZoneOffset.UTC))
                .hasLineCount(1);
        assertThat(ralph.here("costs", "--to", "2020-01-31").out()).contains("No attempts.");
        assertThat(ralph.here("costs", "--from", "2020-01-31", "--agent", "nobody")
                        .out())
                .contains("No attempts.");
    }

    @Test
    void aWorkspaceGoesBackToACheckpointAndTheBranchStaysWhereItWas() throws Exception {
        String id = run("echo more >>work; echo LOOP_COMPLETE", "size=small", 0);
        String head = repository.git("rev-parse", "HEAD");
        assertThat(repository.path().resolve("work")).exists();

        var missing = ralph.here("rollback", id, "9");
        assertThat(missing.code()).isEqualTo(33);
        assertThat(missing.err()).contains("has no checkpoint 9");
        var back = ralph.here("rollback", id, "0");
        assertThat(back.code()).as(back.all()).isZero();
        assertThat(back.out()).contains("as it was at checkpoint 0", "1 files changed", "commit ");
        assertThat(repository.path().resolve("work")).doesNotExist();
        assertThat(ralph.here("rollback", id, "1").code()).isZero();
        assertThat(repository.path().resolve("work")).hasContent("more");
        assertThat(repository.git("rev-parse", "HEAD")).isEqualTo(head);
        assertThat(repository.git("log", "--all", "--format=%s", "--glob=refs/ralph/" + id))
                .isNotBlank();
    }

    private String run(String script, String label, int expected) throws Exception {
        var end = ralph.here(
                "run",
                "--quiet",
                "--prompt",
                "x",
                "--workspace",
                repository.argument(),
                "--max-iterations",
                "2",
                "--label",
                label,
                "--",
                "sh",
                repository.script("agent.sh", script));
        assertThat(end.code()).as(end.all()).isEqualTo(expected);
        return end.out().lines().findFirst().orElseThrow();
    }
}
