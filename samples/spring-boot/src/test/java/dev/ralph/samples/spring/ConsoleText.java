/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.spring;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** What this process prints until this is closed; it is printed nevertheless. */
final class ConsoleText implements AutoCloseable {

    private final PrintStream before = System.out;
    private final ByteArrayOutputStream copy = new ByteArrayOutputStream();

    ConsoleText() {
        System.setOut(new PrintStream(
                new OutputStream() {
                    @Override
                    public void write(int b) {
                        before.write(b);
                        copy.write(b);
                    }

                    @Override
                    public void write(byte[] bytes, int from, int length) {
                        before.write(bytes, from, length);
                        copy.write(bytes, from, length);
                    }

                    @Override
                    public void flush() {
                        before.flush();
                    }
                },
                true,
                StandardCharsets.UTF_8));
    }

    String text() {
        return copy.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        System.setOut(before);
    }
}
