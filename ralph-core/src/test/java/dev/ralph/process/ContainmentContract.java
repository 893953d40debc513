/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for every mechanism that contains a whole tree. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("integration")
abstract class ContainmentContract {

    static final Duration GRACE = Duration.ofSeconds(1);

    /** By which an end may be late: far beyond what a busy host takes, and less than what anything here waits for. */
    static final Duration LATE = Duration.ofSeconds(10);

    static final Duration LONG = Duration.ofSeconds(60);

    /** Two in the group, one that left the session, one that left it and ignores SIGTERM. */
    private static final String TREE = """
            sleep 300 &
            sh -c 'sleep 300' &
            setsid sh -c 'sleep 300' &
            deaf=$(mktemp -u); export deaf; mkfifo "$deaf"
            setsid sh -c 'trap "" TERM; echo >"$deaf"; sleep 300' &
            read -r _ <"$deaf"; rm "$deaf"
            """;

    private final ContainmentMechanism mechanism;
    private Witness witness = Witness.create();

    @SuppressWarnings("NullAway.Init")
    private ProcessLauncher launcher;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    ContainmentContract(ContainmentMechanism mechanism) {
        this.mechanism = mechanism;
    }

    @BeforeAll
    void makeLauncher() {
        launcher = ProcessLauncher.builder()
                .containment(Containment.using(mechanism))
                .keepAlive(Duration.ofSeconds(3))
                .build();
    }

    @AfterAll
    void closeLauncher() {
        launcher.close();
    }

    @BeforeEach
    void newWitness() {
        witness = Witness.create();
    }

    @AfterEach
    void nothingIsLeft() {
        assertThat(witness.contained()).as("survivors").isEmpty();
        // Parts of a supervisor are dead, but may not have noticed.
        witness.awaitNoneAlive(LATE);
    }

    @Test
    void theMechanismIsTheOneInTheReport() {
        assertThat(launcher.containment().mechanism()).isEqualTo(mechanism);
        assertThat(launcher.containment().attempts()).containsExactly(new ContainmentReport.Attempt(mechanism, null));
    }

    @Test
    void exitCodeAndBothStreamsComeThrough() throws Exception {
        Recorder recorder = new Recorder();
        ProcessExit exit = launcher.start(script("echo out; echo err >&2; exit 3", LONG, LONG), recorder)
                .await();
        assertThat(exit.end()).isEqualTo(ProcessEnd.EXITED);
        assertThat(exit.exitCode()).isEqualTo(OptionalInt.of(3));
        assertThat(exit.level()).isEqualTo(mechanism.level());
        assertThat(recorder.texts(OutputChannel.STDOUT)).containsExactly("out");
        assertThat(recorder.texts(OutputChannel.STDERR)).containsExactly("err");
        assertThat(exit.stdout()).isEqualTo(new OutputSummary(4, 1, false, "out\n", "out\n"));
    }

    @Test
    void aSignalThatKillsTheProcessShowsInItsExitCodeAndNotInItsOutput() throws Exception {
        ProcessExit exit = run("kill -s KILL $$");
        assertThat(exit.exitCode()).isEqualTo(OptionalInt.of(137));
        assertThat(exit.end()).isEqualTo(ProcessEnd.EXITED);
        assertThat(exit.stderr().bytes()).isZero();
    }

    @Test
    void successLeavesNoSurvivor() throws Exception {
        ProcessExit exit = run(TREE + "exit 0");
        assertThat(exit.successful()).isTrue();
        assertThat(witness.contained()).as("survivors").isEmpty();
    }

    @Test
    void whatIsLeftBehindIsAskedBeforeItIsKilled() throws Exception {
        Path asked = directory.resolve("asked");
        ProcessExit exit = run("mkfifo set; setsid sh -c 'trap \"echo yes >asked; exit\" TERM; echo >set;"
                + " while :; do sleep 0.05; done' & read -r _ <set; exit 0");
        assertThat(exit.successful()).isTrue();
        assertThat(asked).hasContent("yes\n");
    }

    @Test
    void oneThatIgnoresSigtermIsKilledWhenItsGraceIsOver() throws Exception {
        Recorder recorder = new Recorder();
        ContainedProcess process =
                launcher.start(script(TREE + "trap '' TERM; echo up; while :; do sleep 1; done", LONG, LONG), recorder);
        recorder.awaitFirstLine();
        long before = System.nanoTime();
        process.terminate(StopCause.CANCELLED);
        ProcessExit exit = process.await();
        assertWithin(before, GRACE, GRACE.plus(LATE));
        assertThat(exit.end()).isEqualTo(ProcessEnd.TERMINATED);
        assertThat(exit.cause()).isEqualTo(StopCause.CANCELLED);
        // None if the supervisor was killed too, before it could tell.
        assertThat(exit.exitCode().orElse(137)).isEqualTo(137);
    }

    @Test
    void oneThatHeedsSigtermEndsItsOwnWay() throws Exception {
        Recorder recorder = new Recorder();
        ContainedProcess process = launcher.start(
                script(
                        "trap 'echo bye; exit 5' TERM; echo up; while :; do sleep 0.05; done",
                        LONG,
                        LONG,
                        Duration.ofSeconds(30)),
                recorder);
        recorder.awaitFirstLine();
        process.terminate(StopCause.CANCELLED);
        ProcessExit exit = process.await();
        assertThat(exit.exitCode()).isEqualTo(OptionalInt.of(5));
        assertThat(recorder.texts(OutputChannel.STDOUT)).containsExactly("up", "bye");
    }

    @Test
    void killTakesNoGrace() throws Exception {
        Recorder recorder = new Recorder();
        ContainedProcess process =
                launcher.start(script(TREE + "echo up; sleep 300", LONG, LONG, Duration.ofSeconds(30)), recorder);
        recorder.awaitFirstLine();
        long before = System.nanoTime();
        process.kill(StopCause.LEASE_LOST);
        ProcessExit exit = process.await();
        assertWithin(before, Duration.ZERO, LATE);
        assertThat(exit.end()).isEqualTo(ProcessEnd.KILLED);
        assertThat(exit.cause()).isEqualTo(StopCause.LEASE_LOST);
    }

    @Test
    void killOvertakesTermination() throws Exception {
        Recorder recorder = new Recorder();
        ContainedProcess process = launcher.start(
                script("trap '' TERM; echo up; while :; do sleep 1; done", LONG, LONG, Duration.ofSeconds(30)),
                recorder);
        recorder.awaitFirstLine();
        process.terminate(StopCause.CANCELLED);
        process.terminate(StopCause.SHUTDOWN);
        process.kill(StopCause.LEASE_LOST);
        process.kill(StopCause.SHUTDOWN);
        ProcessExit exit = process.await();
        assertThat(exit.end()).isEqualTo(ProcessEnd.KILLED);
        assertThat(exit.cause()).isEqualTo(StopCause.LEASE_LOST);
        process.kill(StopCause.SHUTDOWN);
        assertThat(process.await()).isEqualTo(exit);
    }

    @Test
    void aChildThatHoldsTheOutputOpenDelaysNothing() throws Exception {
        long before = System.nanoTime();
        ProcessExit exit = run("echo done; setsid sh -c 'trap \"\" TERM; sleep 300' & exit 0");
        assertWithin(before, Duration.ZERO, Duration.ofSeconds(20));
        assertThat(exit.successful()).isTrue();
        assertThat(exit.stdout().cut()).isFalse();
        assertThat(exit.stdout().head()).isEqualTo("done\n");
    }

    @Test
    void aProcessThatClosesItsOutputIsWaitedFor() throws Exception {
        long before = System.nanoTime();
        ProcessExit exit = run("exec >&- 2>&-; sleep 0.3; exit 4");
        assertThat(exit.exitCode()).isEqualTo(OptionalInt.of(4));
        assertWithin(before, Duration.ofMillis(300), LONG);
    }

    /** Both at once, since they take seconds. */
    @Test
    void eitherTimeOutEndsItHoweverItIgnoresThat() throws Exception {
        Duration wall = Duration.ofSeconds(3);
        Duration idle = Duration.ofSeconds(2);
        ContainedProcess busy = launcher.start(
                script(TREE + "while :; do echo busy; sleep 0.05; done", wall, LONG), ProcessListener.none());
        // The words alone take longer than it may be idle.
        ContainedProcess silent = launcher.start(
                script(
                        "trap '' TERM; for i in 1 2 3 4 5; do echo $i >&2; sleep 0.6; done; " + TREE + "sleep 300",
                        LONG,
                        idle),
                ProcessListener.none());

        ProcessExit ofBusy = busy.await();
        ProcessExit ofSilent = silent.await();

        assertThat(ofBusy.end()).isEqualTo(ProcessEnd.WALL_TIMEOUT);
        assertThat(ofBusy.cause()).isNull();
        assertThat(ofBusy.duration()).isBetween(wall, wall.plus(GRACE).plus(LATE));
        assertThat(ofSilent.end()).isEqualTo(ProcessEnd.IDLE_TIMEOUT);
        assertThat(ofSilent.cause()).isNull();
        assertThat(ofSilent.duration())
                .isGreaterThan(Duration.ofMillis(4 * 600).plus(idle).plus(GRACE));
        assertThat(ofSilent.stderr().lines()).isEqualTo(5);
    }

    @Test
    void anInterruptOfTheWaitingThreadEndsTheProcessFirst() throws Exception {
        Recorder recorder = new Recorder();
        ContainedProcess process =
                launcher.start(script(TREE + "trap '' TERM; echo up; while :; do sleep 1; done", LONG, LONG), recorder);
        recorder.awaitFirstLine();
        Callable<ProcessExit> waiting = process::await;
        FutureTask<ProcessExit> task = new FutureTask<>(waiting);
        Thread thread = new Thread(task);
        thread.start();
        long before = System.nanoTime();
        thread.interrupt();
        assertThatThrownBy(() -> task.get(20, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(InterruptedException.class);
        assertWithin(before, Duration.ZERO, GRACE.plus(LATE));
        assertThat(witness.contained()).as("survivors").isEmpty();
        assertThat(process.await().cause()).isEqualTo(StopCause.INTERRUPTED);
    }

    @Test
    void aSupervisorThatIsKilledTakesTheTreeWithIt() throws Exception {
        Recorder recorder = new Recorder();
        ContainedProcess process = launcher.start(script(TREE + "echo up; sleep 300", LONG, LONG), recorder);
        recorder.awaitFirstLine();
        long before = System.nanoTime();
        Signals.send("KILL", process.pid());
        ProcessExit exit = process.await();
        assertWithin(before, Duration.ZERO, LATE);
        assertThat(exit.end()).isEqualTo(ProcessEnd.SUPERVISOR_LOST);
        assertThat(exit.exitCode()).isEmpty();
        witness.awaitNoneAlive(Duration.ofSeconds(20));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void aSupervisorThatLosesOneOfItsHelpersEndsTheTree(int helper) throws Exception {
        Recorder recorder = new Recorder();
        ContainedProcess process = launcher.start(script(TREE + "echo up; sleep 300", LONG, LONG), recorder);
        recorder.awaitFirstLine();
        // Not what a helper forks: its parent's parent is the supervisor too.
        List<ProcessHandle> helpers = ProcessHandle.of(process.pid())
                .orElseThrow()
                .descendants()
                .filter(handle -> isSupervisor(handle)
                        && handle.parent()
                                .filter(parent -> isSupervisor(parent)
                                        && parent.parent()
                                                .filter(ContainmentContract::isSupervisor)
                                                .isEmpty())
                                .isPresent())
                .sorted()
                .toList();
        assertThat(helpers).hasSize(2);
        Signals.send("KILL", helpers.get(helper).pid());
        ProcessExit exit = process.await();
        assertThat(exit.end()).isEqualTo(ProcessEnd.SUPERVISOR_LOST);
        // The other helper finds out: the one at the host's next word, the other within the keep-alive time.
        assertThat(exit.duration()).isLessThan(LONG);
    }

    private static boolean isSupervisor(ProcessHandle handle) {
        return handle.info()
                .arguments()
                .filter(arguments -> arguments.length > 0 && arguments[0].endsWith("supervisor.sh"))
                .isPresent();
    }

    @Test
    void aJvmThatIsKilledLeavesNothingBehind() throws Exception {
        try (HostJvm host = HostJvm.start(List.of(), mechanism, witness, TREE + "trap '' TERM; echo up; sleep 300")) {
            host.awaitRunning();
            witness.awaitAlive(5);
            host.signal("KILL");
            witness.awaitNoneAlive(Duration.ofSeconds(20));
        }
    }

    @Test
    void aJvmThatIsStoppedLosesItsProcessWhileItIsStopped() throws Exception {
        try (HostJvm host = HostJvm.start(List.of(), mechanism, witness, TREE + "trap '' TERM; echo up; sleep 300")) {
            host.awaitRunning();
            witness.awaitAlive(5);
            host.signal("STOP");
            // The keep-alive time is 3 s; the JVM itself has the witness among its arguments.
            org.awaitility.Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(witness.alive()).hasSize(1));
            assertThat(host.state()).isEqualTo("T");
            host.signal("CONT");
            assertThat(host.readLine()).startsWith("HOST_SILENT ");
        }
    }

    @Test
    void halfAGigabyteOfOneLineFitsIntoASmallHeap() throws Exception {
        assertFloodIsHarmless("head -c 500000000 /dev/zero | tr '\\0' x");
    }

    @Test
    void halfAGigabyteOfShortLinesFitsIntoASmallHeap() throws Exception {
        assertFloodIsHarmless("yes | head -c 500000000");
    }

    @Test
    void fiftyAtOnceEndEachWithItsOwnResult() throws Exception {
        List<ContainedProcess> processes = new ArrayList<>();
        for (int number = 0; number < 50; number++) {
            processes.add(launcher.start(
                    script(
                            "setsid sleep 300 & cat; exit " + number,
                            LONG,
                            LONG,
                            GRACE,
                            ProcessInput.text("in " + number)),
                    ProcessListener.none()));
        }
        int survivors = 0;
        for (int number = 0; number < 50; number++) {
            ProcessExit exit = processes.get(number).await();
            assertThat(exit.exitCode()).isEqualTo(OptionalInt.of(number));
            assertThat(exit.stdout().head()).isEqualTo("in " + number);
            survivors += exit.survivors();
        }
        // Fifty at once keep a small host busy: what was killed may go later than is waited for, which is told then.
        assertThat(witness.contained()).hasSizeLessThanOrEqualTo(survivors);
        witness.awaitNoneAlive(LATE);
    }

    /** While a process is in exec, the kernel shows no environment of it: these are in exec much of their time. */
    @Test
    void processesThatReplaceThemselvesAllTheTimeAreFoundToo() throws Exception {
        Path hopper = Files.writeString(directory.resolve("hopper"), "exec sh " + directory.resolve("hopper"));
        for (int round = 0; round < 20; round++) {
            ProcessExit exit = run("for i in 1 2 3; do setsid sh " + hopper + " & done; exit 0");
            assertThat(exit.exitCode()).isEqualTo(OptionalInt.of(0));
            for (int look = 0; look < 5; look++) {
                assertThat(witness.contained()).as("survivors").isEmpty();
            }
        }
    }

    @Test
    void itHasASessionOfItsOwnSoThatCtrlCDoesNotReachIt() throws Exception {
        Recorder recorder = new Recorder();
        ContainedProcess process =
                launcher.start(script("cut -d ' ' -f 1,5,6,7 /proc/self/stat; sleep 300", LONG, LONG), recorder);
        recorder.awaitFirstLine();
        Path supervisor = Path.of("/proc", Long.toString(process.pid()), "stat");
        assertThat(statField(supervisor, 6)).as("session of the supervisor").isEqualTo(Long.toString(process.pid()));
        List<String> fields = List.of(recorder.lines().get(0).text().split(" ", -1));
        assertThat(fields.get(2)).as("session").isNotEqualTo(statField(Path.of("/proc/self/stat"), 6));
        assertThat(fields.get(3)).as("terminal").isEqualTo("0");
        process.kill(StopCause.CANCELLED);
        process.await();
    }

    @Test
    void noSignalIsIgnoredOrBlockedThatTheJvmDoesNotIgnoreOrBlockInItsChildren() throws Exception {
        String masks = "grep -E 'Sig(Blk|Ign)' /proc/self/status";
        Process direct = new ProcessBuilder("sh", "-c", masks).start();
        String expected = new String(direct.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        assertThat(run(masks).stdout().head()).contains("SigIgn").isEqualTo(expected);
    }

    @Test
    void itInheritsNoOpenFiles() throws Exception {
        ProcessExit exit = run("exec ls -l /proc/self/fd");
        assertThat(exit.stdout().head()).contains(" 0 -> /dev/null", " 1 -> pipe:", " 2 -> pipe:", " 3 -> /proc/");
        assertThat(exit.stdout().lines()).isEqualTo(5);
    }

    @Test
    void theEnvironmentIsWhatWasGivenAndNothingElse() throws Exception {
        ProcessSpec spec = ProcessSpec.builder("/usr/bin/env")
                .directory(directory)
                .environment(
                        Environment.empty().with("GIVEN", "a 'b' \"c\" $d\n2").with("WITNESS", witness.word()))
                .build();
        Recorder recorder = new Recorder();
        launcher.start(spec, recorder).await();
        // A shell that is bash adds SHLVL and _.
        assertThat(recorder.texts(OutputChannel.STDOUT))
                .filteredOn(line -> !line.startsWith("SHLVL=") && !line.startsWith("_="))
                .hasSize(5)
                .contains("GIVEN=a 'b' \"c\" $d", "2", "WITNESS=" + witness.word(), "PWD=" + directory)
                .anyMatch(line -> line.startsWith("RALPH_PROCESS="));
    }

    @Test
    void nothingOfThePromptOrTheEnvironmentIsInTheArguments() throws Exception {
        Recorder recorder = new Recorder();
        ContainedProcess process = launcher.start(
                script("cat >/dev/null; echo up; sleep 300", LONG, LONG, GRACE, ProcessInput.text("the-secret-prompt")),
                recorder);
        recorder.awaitFirstLine();
        List<String> processes = witness.alive();
        assertThat(processes).hasSizeGreaterThanOrEqualTo(2);
        assertThat(processes).noneMatch(line -> line.contains(witness.word()) || line.contains("the-secret-prompt"));
        process.kill(StopCause.CANCELLED);
        process.await();
    }

    private void assertFloodIsHarmless(String command) throws IOException, InterruptedException {
        try (HostJvm host = HostJvm.start(List.of("-Xmx48m"), mechanism, witness, "echo up; " + command)) {
            host.awaitRunning();
            assertThat(host.readLine())
                    .startsWith("EXITED " + mechanism.level() + " OutputSummary[bytes=500000003, ")
                    .contains("cut=true");
        }
    }

    static void assertWithin(long startedNanos, Duration min, Duration max) {
        assertThat(Duration.ofNanos(System.nanoTime() - startedNanos)).isBetween(min, max);
    }

    private static String statField(Path stat, int number) throws IOException {
        return Files.readString(stat).split(" ", -1)[number - 1];
    }

    private ProcessExit run(String script) throws InterruptedException {
        return launcher.start(script(script, LONG, LONG), ProcessListener.none())
                .await();
    }

    private ProcessSpec script(String script, Duration wall, Duration idle) {
        return script(script, wall, idle, GRACE);
    }

    private ProcessSpec script(String script, Duration wall, Duration idle, Duration grace) {
        return script(script, wall, idle, grace, ProcessInput.none());
    }

    private ProcessSpec script(String script, Duration wall, Duration idle, Duration grace, ProcessInput input) {
        return ProcessSpec.builder("sh", "-c", script)
                .directory(directory)
                .environment(Environment.allowing("PATH").with("WITNESS", witness.word()))
                .input(input)
                .timeouts(new ProcessTimeouts(wall, idle, grace))
                .build();
    }
}
