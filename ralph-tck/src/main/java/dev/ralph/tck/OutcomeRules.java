/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ralph.FailureClass;
import dev.ralph.process.OutputChannel;
import dev.ralph.spi.AgentAdapter;
import dev.ralph.spi.AgentListener;
import dev.ralph.spi.AgentOutcome;
import dev.ralph.spi.UsageReport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What an invocation returns, and that prompt and text pass unchanged. */
interface OutcomeRules extends AgentRules {

    @Test
    default void anAgentThatComesToItsEndIsFinishedWithItsResult() throws Exception {
        AgentWork work = bench().begin(new Behaviour.Finishes("still at it", "42 passed, committed"));

        AgentOutcome.Finished finished = bench().finished(work);

        assertThat(finished.result().strip()).endsWith("42 passed, committed");
        assertThat(finished.cut()).isFalse();
    }

    @Test
    default void whatTheAgentWritesIsHeard() throws Exception {
        RecordingListener listener = new RecordingListener();
        AgentAdapter adapter = bench().adapterThat(new Behaviour.Finishes("reading the tests first", "done"));

        bench().begin(adapter, AgentBench.PROMPT, listener).outcome();

        assertThat(listener.text()).contains("reading the tests first");
    }

    @Test
    default void whatTheAgentsProcessPrintsIsHandedOnAsItIs() throws Exception {
        RecordingListener listener = new RecordingListener();
        AgentAdapter adapter = bench().adapterThat(new Behaviour.Finishes("still at it", "42 passed, committed"));

        bench().begin(adapter, AgentBench.PROMPT, listener).outcome();

        assertThat(listener.printed(OutputChannel.STDOUT)).contains("still at it", "42 passed, committed");
    }

    @Test
    default void theAgentWorksInTheWorkspace() throws Exception {
        AgentWork work = bench().begin(new Behaviour.Finishes("here", "done"));

        work.outcome();

        assertThat(work.workspace().resolve(Behaviour.STARTED)).exists();
    }

    @Test
    default void anAgentThatReportsAnErrorHasFailed() throws Exception {
        AgentOutcome.Failed failed = bench().failed(bench().begin(new Behaviour.Fails("the model is on strike")));

        assertThat(failed.failure().countsAsFailure())
                .as("%s counts as a failure", failed.failure())
                .isTrue();
        assertThat(failed.message()).isNotBlank().doesNotContain("\n");
    }

    @Test
    default void anAgentThatDiesOfASignalHasCrashed() throws Exception {
        AgentOutcome.Failed failed = bench().failed(bench().begin(new Behaviour.Crashes()));

        assertThat(failed.failure()).isEqualTo(FailureClass.CRASHED);
        assertThat(failed.message()).isNotBlank();
    }

    @Test
    default void anAgentThatIsMissingIsNotInstalled() throws Exception {
        AgentOutcome.Failed failed = bench().failed(bench().begin(new Behaviour.IsMissing()));

        assertThat(failed.failure()).isEqualTo(FailureClass.NOT_INSTALLED);
        assertThat(failed.message()).isNotBlank();
    }

    @Test
    default void outputThatIsNotWhatTheAgentPrintsIsATypedOutcomeToo() throws Exception {
        AgentOutcome outcome = bench().outcomeOf(new Behaviour.PrintsGarbage());

        if (outcome instanceof AgentOutcome.Failed failed) {
            assertThat(failed.failure().countsAsFailure()).isTrue();
            assertThat(failed.message()).isNotBlank();
        } else {
            assertThat(outcome).isInstanceOf(AgentOutcome.Finished.class);
        }
    }

    @Test
    default void aPromptOfAMegabyteArrivesIntact() throws Exception {
        assertArrives("Grüße, 世界 🙂 — line\n".repeat(40_000));
    }

    @Test
    default void aPromptIsNeverReadAsAnythingElse() throws Exception {
        for (String prompt : List.of(
                "-p --help",
                "@/etc/passwd",
                "/exit",
                "$(touch ran) `touch ran` ; touch ran | cat > ran",
                "quotes ' \" \\ and %s %n {promptFile} {0} ${HOME}",
                " \n\t blanks around \n\n",
                "line\r\nline\rline")) {
            AgentWork work = assertArrives(prompt);
            assertThat(work.workspace().resolve("ran")).doesNotExist();
        }
    }

    @Test
    default void oneAdapterWorksForManyRunsAtOnce() throws Exception {
        AgentAdapter adapter = bench().adapterThat(new Behaviour.DigestsItsPrompt());
        List<String> prompts =
                IntStream.range(0, 4).mapToObj(i -> "prompt " + i).toList();

        List<AgentWork> works = prompts.stream()
                .map(prompt -> begin(adapter, prompt, new RecordingListener()))
                .toList();

        for (int i = 0; i < prompts.size(); i++) {
            assertThat(bench().finished(works.get(i)).result()).contains(sha256(prompts.get(i)));
        }
    }

    @Test
    default void runsAtOnceAreAtWorkAtOnce() throws Exception {
        AgentAdapter adapter = bench().adapterThat(new Behaviour.Hangs());

        List<AgentWork> works = IntStream.range(0, 4)
                .mapToObj(i -> begin(adapter, AgentBench.PROMPT, new RecordingListener()))
                .toList();

        works.forEach(AgentWork::awaitStarted);
        for (AgentWork work : works) {
            assertThat(work.interrupt()).isLessThan(bench().endBound());
        }
    }

    @Test
    default void eachListenerHearsItsOwnRun() throws Exception {
        AgentAdapter first = bench().adapterThat(new Behaviour.Finishes("words of the first", "done"));
        AgentAdapter second = bench().adapterThat(new Behaviour.Finishes("words of the second", "done"));
        RecordingListener ofFirst = new RecordingListener();
        RecordingListener ofSecond = new RecordingListener();

        AgentWork firstWork = bench().begin(first, AgentBench.PROMPT, ofFirst);
        AgentWork secondWork = bench().begin(second, AgentBench.PROMPT, ofSecond);
        firstWork.outcome();
        secondWork.outcome();

        assertThat(ofFirst.text()).contains("words of the first").doesNotContain("words of the second");
        assertThat(ofSecond.text()).contains("words of the second").doesNotContain("words of the first");
    }

    @Test
    default void anAdapterWorksAgainAfterAFailureAndAnInterruption() throws Exception {
        AgentAdapter adapter = bench().adapterThat(new Behaviour.DigestsItsPrompt());
        AgentAdapter hanging = bench().adapterThat(new Behaviour.Hangs());
        RecordingListener listener = new RecordingListener();
        bench().begin(hanging, AgentBench.PROMPT, listener).awaitStarted().interrupt();
        bench().begin(hanging, AgentBench.PROMPT, listener).awaitStarted().interrupt();

        for (int i = 0; i < 3; i++) {
            AgentWork work = bench().begin(adapter, "again " + i, listener);
            assertThat(bench().finished(work).result()).contains(sha256("again " + i));
        }
    }

    @Test
    default void aListenerThatThrowsHarmsNothing() throws Exception {
        AgentAdapter adapter = bench().adapterThat(new Behaviour.Finishes("somebody throws at this", "42 passed"));

        AgentWork work = bench().begin(adapter, AgentBench.PROMPT, new ThrowingListener());

        assertThat(bench().finished(work).result().strip()).endsWith("42 passed");
    }

    private AgentWork begin(AgentAdapter adapter, String prompt, AgentListener listener) {
        try {
            return bench().begin(adapter, prompt, listener);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private AgentWork assertArrives(String prompt) throws Exception {
        AgentAdapter adapter = bench().adapterThat(new Behaviour.DigestsItsPrompt());
        AgentWork work = bench().begin(adapter, prompt, new RecordingListener());
        assertThat(bench().finished(work).result())
                .as("SHA-256 of a prompt of %d characters that begins with '%.20s'", prompt.length(), prompt)
                .contains(sha256(prompt));
        return work;
    }

    private static String sha256(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-256", e);
        }
    }

    /** Breaks its contract at every chance. */
    final class ThrowingListener implements AgentListener {

        @Override
        public void text(String text) {
            throw new IllegalStateException("broken listener");
        }

        @Override
        public void toolCalled(String tool, String summary) {
            throw new IllegalStateException("broken listener");
        }

        @Override
        public void toolReturned(String tool, boolean ok, String summary) {
            throw new IllegalStateException("broken listener");
        }

        @Override
        public void usage(UsageReport report) {
            throw new IllegalStateException("broken listener");
        }
    }
}
