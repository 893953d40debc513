/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.tck;

import dev.ralph.process.OutputChannel;
import dev.ralph.spi.AgentListener;
import dev.ralph.spi.UsageReport;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** Remembers what an adapter tells of its agent: the beginning of the text, so that a flood does not fill the heap. */
class RecordingListener implements AgentListener {

    private static final int MAX_CHARS = 100_000;

    private final StringBuilder text = new StringBuilder();
    private final Map<OutputChannel, ByteArrayOutputStream> printed = new EnumMap<>(OutputChannel.class);
    private final List<UsageReport> reports = new CopyOnWriteArrayList<>();

    @Override
    public synchronized void text(String more) {
        int room = MAX_CHARS - text.length();
        if (room > 0) {
            text.append(more, 0, Math.min(room, more.length()));
        }
    }

    @Override
    public synchronized void printed(OutputChannel channel, ByteBuffer bytes) {
        ByteArrayOutputStream target = printed.computeIfAbsent(channel, first -> new ByteArrayOutputStream());
        byte[] kept = new byte[Math.min(MAX_CHARS - target.size(), bytes.remaining())];
        bytes.get(kept);
        target.writeBytes(kept);
    }

    @Override
    public void toolCalled(String tool, String summary) {}

    @Override
    public void toolReturned(String tool, boolean ok, String summary) {}

    @Override
    public void usage(UsageReport report) {
        reports.add(report);
    }

    synchronized String text() {
        return text.toString();
    }

    synchronized String printed(OutputChannel channel) {
        ByteArrayOutputStream bytes = printed.get(channel);
        return bytes == null ? "" : bytes.toString(StandardCharsets.UTF_8);
    }

    List<UsageReport> reports() {
        return reports;
    }
}
