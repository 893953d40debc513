/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.plain;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A person is exported and erased, and old runs are purged, by commands. */
@Tag("integration")
class PrivacyTest {

    private static final String KEY = Base64.getEncoder().encodeToString(new byte[32]);

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
        ralph = new RalphProcess.Setup(folder).with("ENCRYPTION_KEY", KEY);
    }

    @Test
    void aPersonIsErasedAndTheirCostsStay() throws Exception {
        String id = run("--subject", "ann");
        String other = run("--subject", "bob");
        String costs = ralph.here("costs").out();
        assertThat(ralph.here("list", "--subject", "ann").out()).contains(id).doesNotContain(other);

        var erased = ralph.here("erase", "--subject", "ann", "--yes");

        assertThat(erased.code()).as(erased.all()).isZero();
        assertThat(erased.out()).contains("Erased", "1 run,", "2 full outputs", "checkpoints", "Not reached  nothing");
        assertThat(ralph.here("show", id).err()).contains("there is no run " + id);
        assertThat(repository.git("for-each-ref", "refs/ralph"))
                .doesNotContain(id)
                .contains(other);
        assertThat(ralph.here("list").out()).contains(id);
        assertThat(ralph.here("list", "--subject", "ann").out()).contains("No runs");
        assertThat(ralph.here("costs").out()).isEqualTo(costs);
        assertThat(ralph.here("audit", "--action", "subject.erase").out())
                .contains("REQUESTED", "DONE", "runs=1")
                .doesNotContain("ann ");
        assertThat(ralph.here("show", other).code()).isZero();
    }

    @Test
    void whatIsNotReachedIsPrintedAndHasAnExitCode() throws Exception {
        String id = run("--subject", "ann");
        Files.move(repository.path(), folder.resolve("elsewhere"));

        var erased = ralph.here("erase", "--subject", "ann", "--yes");

        assertThat(erased.code()).as(erased.all()).isEqualTo(ExitCode.UNREACHED.code());
        assertThat(erased.out())
                .contains(
                        "1 run,", "Not reached  1", repository.argument(), "refs/ralph/" + id + "/", "does not exist");
    }

    @Test
    void withoutATerminalNothingIsErasedUnlessThatIsSaid() throws Exception {
        String id = run("--subject", "ann");

        var refused = ralph.run("erase", "--subject", "ann");

        assertThat(refused.code()).as(refused.all()).isEqualTo(ExitCode.USAGE.code());
        assertThat(refused.err()).contains("--yes");
        assertThat(ralph.here("show", id).code()).isZero();
    }

    @Test
    @Tag("linux")
    void atATerminalItIsAsked() throws Exception {
        String id = run("--subject", "ann");

        var no = typing("no", "erase --subject ann");
        assertThat(no.code()).as(no.all()).isEqualTo(ExitCode.ERROR.code());
        assertThat(no.out()).contains("Erase all that is kept of 'ann'?", "Nothing was erased.");
        assertThat(ralph.here("show", id).code()).isZero();

        var yes = typing("yes", "erase --subject ann");
        assertThat(yes.code()).as(yes.all()).isZero();
        assertThat(yes.out()).contains("Erased", "1 run,");
    }

    @Test
    void aRunThatHasNotEndedIsNamed() throws Exception {
        String id;
        WaitingAgent agent = new WaitingAgent(folder, repository);
        try (RalphProcess first = ralph.start(agent.run("--subject", "ann"))) {
            agent.await(1);
            id = ralph.here("list", "--subject", "ann")
                    .out()
                    .lines()
                    .skip(1)
                    .findFirst()
                    .orElseThrow()
                    .split("\\s", 2)[0];

            var refused = ralph.here("erase", "--subject", "ann", "--yes");

            assertThat(refused.code()).as(refused.all()).isEqualTo(ExitCode.ERROR.code());
            assertThat(refused.err()).contains(id, "RUNNING", "cancel");
            agent.release(1);
            agent.release(2);
            first.await();
        }
        assertThat(ralph.here("show", id).code()).isZero();
    }

    @Test
    void aPersonIsExportedToAFileThatOnlyItsOwnerReads() throws Exception {
        String id = run("--subject", "ann");
        run("--subject", "bob");
        Path file = folder.resolve("ann.jsonl");

        var exported = ralph.here("export", "--subject", "ann", "--output", file.toString());

        assertThat(exported.code()).as(exported.all()).isZero();
        List<JsonNode> lines = parse(Files.readString(file));
        assertThat(exported.out()).contains(lines.size() - 1 + " lines in " + file);
        assertThat(lines.get(lines.size() - 1).path("lines").asInt()).isEqualTo(lines.size() - 1);
        assertThat(lines)
                .extracting(line -> line.path("type").asText())
                .contains("run", "iteration", "attempt", "gate", "output", "checkpoint", "event", "audit");
        assertThat(lines.get(0).path("spec").path("prompt").path("value").asText())
                .isEqualTo("Do it for ann");
        assertThat(lines)
                .filteredOn(line -> line.has("run"))
                .allSatisfy(line -> assertThat(line.path("run").asText()).isEqualTo(id));
        if (Files.getFileStore(file).supportsFileAttributeView("posix")) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
        }

        var again = ralph.here("export", "--subject", "ann", "--output", file.toString());
        assertThat(again.code()).as(again.all()).isEqualTo(ExitCode.USAGE.code());
        assertThat(again.err()).contains("--output", file.toString());
        assertThat(parse(Files.readString(file))).hasSameSizeAs(lines);

        assertThat(parse(ralph.run("export", "--subject", "ann").out())
                        .get(0)
                        .path("id")
                        .asText())
                .isEqualTo(id);
        assertThat(ralph.run("export", "--subject", "nobody").out().strip())
                .isEqualTo("{\"type\":\"end\",\"lines\":0}");
    }

    @Test
    @Tag("linux")
    void anExportThatCannotBeWrittenFails() throws Exception {
        run("--subject", "ann");
        RalphProcess.Ended full;
        try (RalphProcess process =
                ralph.launch(List.of("sh", "-c", "exec " + ralph.commandLine() + " export --subject ann >/dev/full"))) {
            full = process.await();
        }

        assertThat(full.code()).as(full.all()).isEqualTo(ExitCode.USAGE.code());
        assertThat(full.err()).contains("standard output", "not whole");
        assertThat(ralph.here("audit", "--action", "subject.export").out())
                .contains("FAILED")
                .doesNotContain("DONE");
    }

    @Test
    void oldRunsArePurged() throws Exception {
        String id = run();

        var refused = ralph.run("purge", "--older-than", "0s");
        assertThat(refused.code()).as(refused.all()).isEqualTo(ExitCode.USAGE.code());
        assertThat(refused.err()).contains("--yes");
        assertThat(ralph.here("show", id).code()).isZero();

        var kept = ralph.here("purge", "--older-than", "1d", "--yes");
        assertThat(kept.code()).as(kept.all()).isZero();
        assertThat(kept.out()).contains("Purged       0 runs");
        assertThat(ralph.here("show", id).code()).isZero();

        var purged = ralph.here("purge", "--older-than", "0s", "--yes");
        assertThat(purged.code()).as(purged.all()).isZero();
        assertThat(purged.out()).contains("Purged       1 run,", "2 full outputs");
        assertThat(ralph.here("list").out()).contains("No runs");
        assertThat(repository.git("for-each-ref", "refs/ralph")).isEmpty();
        assertThat(ralph.here("audit", "--action", "runs.purge").out()).contains("REQUESTED", "DONE");

        assertThat(ralph.here("purge").code()).isEqualTo(ExitCode.USAGE.code());
    }

    @Test
    @Tag("linux")
    void atATerminalItIsAskedHowManyAreToBePurged() throws Exception {
        run();
        String id = run();

        var no = typing("no", "purge --older-than 0s");
        assertThat(no.code()).as(no.all()).isEqualTo(ExitCode.ERROR.code());
        assertThat(no.out()).contains("Remove 2 runs", "Nothing was removed.");
        assertThat(ralph.here("show", id).code()).isZero();

        var yes = typing("yes", "purge --older-than 0s");
        assertThat(yes.code()).as(yes.all()).isZero();
        assertThat(yes.out()).contains("Purged", "2 runs,");
    }

    private RalphProcess.Ended typing(String answer, String command) throws Exception {
        RalphProcess.Setup setup = ralph.with("TERM", "xterm");
        Path keys = Files.createTempFile(folder, "keys", ".txt");
        Files.writeString(keys, answer + "\n");
        try (RalphProcess process = setup.launch(List.of(
                "sh",
                "-c",
                "exec script -qefc \"$1\" /dev/null <'" + keys + "'",
                "sh",
                "exec " + setup.commandLine() + " " + command))) {
            return process.await();
        }
    }

    private String run(String... options) throws Exception {
        List<String> arguments = new ArrayList<>(
                List.of("run", "--quiet", "--prompt", "Do it for ann", "--workspace", repository.argument()));
        arguments.addAll(List.of(options));
        arguments.addAll(List.of(
                "--gate",
                "echo fine",
                "--",
                "sh",
                repository.script("agent.sh", "echo made >made", "echo LOOP_COMPLETE")));
        var end = ralph.here(arguments.toArray(String[]::new));
        assertThat(end.code()).as(end.all()).isZero();
        return end.out().lines().findFirst().orElseThrow();
    }

    private static List<JsonNode> parse(String text) throws Exception {
        ObjectMapper mapper = new ObjectMapper();
        List<JsonNode> lines = new ArrayList<>();
        for (String line : text.lines().toList()) {
            lines.add(mapper.readTree(line));
        }
        return lines;
    }
}
