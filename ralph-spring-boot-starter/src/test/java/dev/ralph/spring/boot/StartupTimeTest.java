/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What Ralph adds to the start of an application with nothing else in it. */
@Tag("scale")
class StartupTimeTest {

    private static final int STARTS = 11;
    private static final long MOST_MILLIS = 300;
    private static final Pattern READY = Pattern.compile("Ready after (\\d+) ms");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Test
    @Timeout(600)
    void ralphAddsLessThan300MillisecondsToAnEmptyApplication() throws IOException, InterruptedException {
        MinimalApplication application = MinimalApplication.build(folder);
        application.run("empty.Empty", true);
        application.run("empty.Empty", false);
        List<Long> with = new ArrayList<>();
        List<Long> without = new ArrayList<>();
        for (int i = 0; i < STARTS; i++) {
            with.add(start(application, true));
            without.add(start(application, false));
        }

        long added = median(with) - median(without);
        System.out.printf(
                "Ready after, median of %d starts: %d ms without Ralph, %d ms with it; it adds %d ms%n",
                STARTS, median(without), median(with), added);
        assertThat(added).isLessThan(MOST_MILLIS);
    }

    private static long start(MinimalApplication application, boolean withRalph)
            throws IOException, InterruptedException {
        Matcher ready = READY.matcher(application.run("empty.Empty", withRalph));
        assertThat(ready.find()).isTrue();
        return Long.parseLong(ready.group(1));
    }

    private static long median(List<Long> values) {
        Collections.sort(values);
        return values.get(values.size() / 2);
    }
}
