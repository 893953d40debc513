/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.plain.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ralph.Erasure;
import dev.ralph.Purge;
import dev.ralph.RunId;
import dev.ralph.Unreached;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class PrivacyTextTest {

    private static final RunId RUN = RunId.create(Instant.parse("2026-01-01T00:00:00Z"));

    private static final Unreached LEFT = new Unreached(
            RUN, Unreached.What.CHECKPOINTS, "/srv/re\u001B[2Jpo: refs/ralph/" + RUN + "/", "it does not exist");

    @Test
    void saysWhatWasErased() {
        assertThat(printed(out -> PrivacyText.print(new Erasure(1_200, 1, 2, List.of()), out)))
                .isEqualTo("""
                        Erased       1,200 runs, 1 full output, 2 checkpoints
                        Not reached  nothing
                        """);
    }

    @Test
    void saysWhereTheRestIsInTextATerminalDoesNotObey() {
        assertThat(printed(out -> PrivacyText.print(new Erasure(1, 0, 0, List.of(LEFT)), out)))
                .contains("Not reached  1; delete by hand")
                .contains("  run " + RUN + ": checkpoints in /srv/repo: refs/ralph/" + RUN + "/: it does not exist\n");
    }

    @Test
    void ofAPurgeTheFirstAreShownAndTheRestIsCounted() {
        String text = printed(out -> PrivacyText.print(new Purge(30, 0, 0, Collections.nCopies(25, LEFT)), out));

        assertThat(text).contains("Purged       30 runs", "Not reached  25;", "and 5 more; --json prints all");
        assertThat(text.lines().filter(line -> line.contains("checkpoints in"))).hasSize(20);
    }

    private static String printed(Consumer<PrintStream> printing) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        printing.accept(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
