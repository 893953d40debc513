/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Remembers what a process printed and lets a test wait for its first line. */
final class Recorder implements ProcessListener {

    record Line(OutputChannel channel, String text, boolean cut) {}

    private final List<Line> lines = new CopyOnWriteArrayList<>();
    private final CountDownLatch first = new CountDownLatch(1);

    @Override
    public void line(OutputChannel channel, String line, boolean cut) {
        lines.add(new Line(channel, line, cut));
        first.countDown();
    }

    List<Line> lines() {
        return lines;
    }

    List<String> texts(OutputChannel channel) {
        return lines.stream()
                .filter(line -> line.channel() == channel)
                .map(Line::text)
                .toList();
    }

    void awaitFirstLine() throws InterruptedException {
        assertThat(first.await(20, TimeUnit.SECONDS)).as("a line was printed").isTrue();
    }
}
