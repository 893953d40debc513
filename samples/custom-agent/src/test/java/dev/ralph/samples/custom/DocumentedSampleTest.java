/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.custom;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the guide for authors of plug-ins quotes is in the sources, and the sample is as small as it is said to be. */
class DocumentedSampleTest {

    private static final Path ROOT = Path.of("..", "..");
    private static final Path GUIDE = ROOT.resolve("docs/plug-ins.md");
    private static final Pattern QUOTE = Pattern.compile("From `([^`]+)`:\n\n```java\n(.*?)```", Pattern.DOTALL);
    private static final Pattern NO_CODE = Pattern.compile("\\s*(/?\\*.*|//.*)?");
    private static final int QUOTES = 5;

    @Test
    void theGuideQuotesTheSourcesToTheLetter() throws IOException {
        List<MatchResult> quotes =
                QUOTE.matcher(Files.readString(GUIDE)).results().toList();

        assertThat(quotes).hasSize(QUOTES);
        for (MatchResult quote : quotes) {
            assertThat(Files.readString(ROOT.resolve(quote.group(1)))).contains(quote.group(2));
        }
    }

    @Test
    void theGuideNamesEveryKindOfProviderThereIs() throws IOException {
        String guide = Files.readString(GUIDE);

        try (Stream<Path> files = Files.walk(ROOT.resolve("ralph-core/src/main/java/dev/ralph"))) {
            assertThat(files.map(file -> file.getFileName().toString())
                            .filter(name -> name.matches("(Agent|Gate|Store|Dispatcher|Workspace|Secret|Artifact|Cache)"
                                    + "(Adapter|Source|Store)?Provider\\.java"))
                            .toList())
                    .hasSize(8)
                    .allSatisfy(name -> assertThat(guide).contains("`" + name.replace(".java", "") + "`"));
        }
    }

    @Test
    void theMainCodeHasFewerThanAHundredLines() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            assertThat(files.filter(file -> file.toString().endsWith(".java"))
                            .flatMap(DocumentedSampleTest::lines)
                            .filter(line -> !NO_CODE.matcher(line).matches()))
                    .hasSizeLessThan(100);
        }
    }

    private static Stream<String> lines(Path file) {
        try {
            return Files.readAllLines(file).stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
