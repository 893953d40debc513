/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.loop;

import static dev.ralph.loop.Playground.result;
import static dev.ralph.loop.Playground.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.ralph.ArtifactException;
import dev.ralph.ConfigurationException;
import dev.ralph.ContentUnreadableException;
import dev.ralph.Orchestrator;
import dev.ralph.OrchestratorBuilder;
import dev.ralph.OutputRecord;
import dev.ralph.Run;
import dev.ralph.RunOutput;
import dev.ralph.StopReason;
import dev.ralph.artifact.FileArtifactStore;
import dev.ralph.artifact.RunKeys;
import dev.ralph.artifact.SealedArtifactStore;
import dev.ralph.spi.ArtifactId;
import dev.ralph.spi.Store;
import dev.ralph.store.InMemoryStore;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Where the store seals, full outputs are sealed, whoever chose where they are kept. */
class SealedOutputsTest {

    private static final String SCRIPT = "echo hello; echo LOOP_COMPLETE";
    private static final String PRINTED = "hello\nLOOP_COMPLETE\n";
    private static final int GZIP = 0x1F;

    @RegisterExtension
    final Playground play = new Playground();

    private final RunKeys keys = new RunKeys();

    @Test
    void theFilesOfAHostAreSealedIfItsStoreSeals() throws Exception {
        FileArtifactStore files = files();
        Orchestrator ralph =
                play.start(play.orchestrator(SCRIPT).store(sealing(memory())).artifacts(files));
        Run run = ended(ralph);

        assertThat(text(run)).isEqualTo(PRINTED);
        assertThat(firstByte(files, run)).isNotEqualTo(GZIP);
        assertThat(ralph.artifacts().orElseThrow().list(run.id())).hasSize(1);
        try (InputStream opened =
                ralph.artifacts().orElseThrow().open(first(run)).orElseThrow()) {
            assertThat(opened.read()).isEqualTo(GZIP);
        }
        assertThat(run.deleteOutputs()).isEqualTo(1);
        assertThat(files.list(run.id())).isEmpty();
    }

    @Test
    void theFilesOfTheConfigurationAreSealedIfTheStoreSeals() throws Exception {
        Path folder = play.file("artifacts");
        Run run = ended(play.start(
                play.orchestrator(SCRIPT).store(sealing(memory())).property("RALPH_ARTIFACTS_DIR", folder.toString())));

        assertThat(text(run)).isEqualTo(PRINTED);
        assertThat(firstByte(new FileArtifactStore(folder), run)).isNotEqualTo(GZIP);
    }

    @Test
    void aStoreThatSealsNothingLeavesThemAsTheyAre() throws Exception {
        FileArtifactStore files = files();
        Orchestrator ralph = play.start(play.orchestrator(SCRIPT).artifacts(files));
        Run run = ended(ralph);

        assertThat(ralph.artifacts()).containsSame(files);
        assertThat(firstByte(files, run)).isEqualTo(GZIP);
    }

    @Test
    void withAKeyAndAStoreThatSealsNothingNoOutputsAreKeptInClear() throws Exception {
        OrchestratorBuilder keyed = play.orchestrator(SCRIPT).store(memory()).property("ENCRYPTION_KEY", "any");
        Path secrets = play.directory("secrets");
        Files.writeString(secrets.resolve("ENCRYPTION_KEY"), "any");
        OrchestratorBuilder secretlyKeyed =
                play.orchestrator(SCRIPT).store(memory()).property("RALPH_SECRETS_DIR", secrets.toString());

        assertThat(ended(play.start(keyed)).output(1, 1)).isEmpty();
        for (OrchestratorBuilder builder : List.of(keyed, secretlyKeyed)) {
            assertThatExceptionOfType(ConfigurationException.class)
                    .isThrownBy(builder.artifacts(files())::build)
                    .withMessageContaining("ENCRYPTION_KEY")
                    .withMessageContaining("RALPH_ARTIFACTS");
        }
        assertThat(text(ended(play.start(keyed.store(sealing(memory())))))).isEqualTo(PRINTED);
    }

    @Test
    void whatAHostSealsItselfIsNotSealedTwice() throws Exception {
        SealedArtifactStore sealed = new SealedArtifactStore(files(), keys);
        Orchestrator ralph =
                play.start(play.orchestrator(SCRIPT).store(sealing(memory())).artifacts(sealed));
        Run run = ended(ralph);

        assertThat(ralph.artifacts()).containsSame(sealed);
        assertThat(text(run)).isEqualTo(PRINTED);
    }

    @Test
    void theOutputOfARunThatWasErasedCannotBeReadAndSaysSo() throws Exception {
        Run run = ended(
                play.start(play.orchestrator(SCRIPT).store(sealing(memory())).artifacts(files())));

        keys.erase(run.id());

        assertThatExceptionOfType(ArtifactException.class)
                .isThrownBy(() -> run.output(1, 1))
                .withMessageContaining("was erased")
                .withCauseInstanceOf(ContentUnreadableException.class);
    }

    @Test
    void aRunWhoseKeyIsGoneGoesOnWithoutItsOutput() throws Exception {
        Orchestrator ralph = play.start(play.orchestrator(
                        "echo x >>\"$PLAY/started\"; while [ ! -e \"$PLAY/go\" ]; do sleep 0.05; done; " + SCRIPT)
                .store(sealing(memory()))
                .artifacts(files()));
        Run run = ralph.submit(task(play.directory("w")).build());
        play.awaitLines("started", 1);
        keys.erase(run.id());
        play.directory("go");

        assertThat(result(run).reason()).isEqualTo(StopReason.COMPLETED);
        assertThat(Objects.requireNonNull(run.attempts(1).get(0).output())).matches(OutputRecord::lost);
        assertThat(run.output(1, 1)).isEmpty();
    }

    @Test
    void whatWasKeptBeforeTheStoreSealedIsReadOnlyIfThatIsAccepted() throws Exception {
        Store store = memory();
        FileArtifactStore files = files();
        Run clear = ended(play.start(play.orchestrator(SCRIPT).store(store).artifacts(files)));
        OrchestratorBuilder sealing =
                play.orchestrator(SCRIPT).store(sealing(store)).artifacts(files);

        Run strict = play.start(sealing).find(clear.id()).orElseThrow();
        Run lenient = play.start(sealing.property("ENCRYPTION_ACCEPT_CLEAR", "true"))
                .find(clear.id())
                .orElseThrow();

        assertThatExceptionOfType(ArtifactException.class)
                .isThrownBy(() -> strict.output(1, 1))
                .withMessageContaining("ENCRYPTION_ACCEPT_CLEAR=true");
        assertThat(text(lenient)).isEqualTo(PRINTED);
    }

    private Run ended(Orchestrator ralph) throws Exception {
        Run run = ralph.submit(task(play.directory("w")).build());
        result(run);
        return run;
    }

    private InMemoryStore memory() {
        return play.closing(new InMemoryStore(InstantSource.system()));
    }

    private Store sealing(Store store) {
        return new FaultyStore(store, keys);
    }

    private FileArtifactStore files() {
        return play.closing(new FileArtifactStore(play.file("artifacts")));
    }

    private static ArtifactId first(Run run) {
        return new ArtifactId(run.id(), ArtifactId.Kind.ATTEMPT, 1, 1, 1);
    }

    private static int firstByte(FileArtifactStore files, Run run) throws Exception {
        try (InputStream stored = files.open(first(run)).orElseThrow()) {
            return stored.read();
        }
    }

    private static String text(Run run) {
        StringBuilder text = new StringBuilder();
        try (RunOutput output = run.output(1, 1).orElseThrow()) {
            output.copyTo(text);
        }
        return text.toString();
    }
}
