/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** A JVM of its own that runs a main class of the tests on their class path. Its output is read always. */
public final class ChildJvm implements AutoCloseable {

    private final Process process;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Queue<String> unread = new ArrayDeque<>();
    private final List<String> printed = new ArrayList<>();
    private boolean ended;
    private volatile boolean killed;

    private ChildJvm(Process process) {
        this.process = process;
        Thread reading = new Thread(this::read, "output of process " + process.pid());
        reading.setDaemon(true);
        reading.start();
    }

    /**
     * Starts one.
     *
     * @param directory where it is started
     */
    public static ChildJvm start(Path directory, List<String> options, Class<?> main, List<String> arguments)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
        command.addAll(options);
        command.addAll(List.of("-cp", classPath(), main.getName()));
        command.addAll(arguments);
        return new ChildJvm(new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start());
    }

    /** That of the tests, under surefire too. */
    public static String classPath() {
        return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    }

    /** What follows a word on the next line that has it; lines before it are skipped. */
    public String await(String word, Duration bound) throws InterruptedException {
        long left = bound.toNanos();
        lock.lockInterruptibly();
        try {
            while (true) {
                for (String line = unread.poll(); line != null; line = unread.poll()) {
                    if (line.contains(word)) {
                        return line.substring(line.indexOf(word) + word.length())
                                .strip();
                    }
                }
                if (ended || left <= 0) {
                    throw new AssertionError("the child JVM " + (ended ? "ended" : "went on for " + bound)
                            + " and did not print '" + word + "', but:\n" + String.join("\n", printed));
                }
                left = changed.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    private List<String> printed() {
        lock.lock();
        try {
            return List.copyOf(printed);
        } finally {
            lock.unlock();
        }
    }

    /** Sends a line to its standard input. */
    public void say(String line) throws IOException {
        OutputStream input = process.getOutputStream();
        input.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        input.flush();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Sends a signal by its name. */
    public void signal(String name) throws IOException, InterruptedException {
        if (name.equals("TERM")) {
            killed = true;
        }
        int code = new ProcessBuilder("kill", "-s", name, Long.toString(process.pid()))
                .inheritIO()
                .start()
                .waitFor();
        if (code != 0) {
            throw new AssertionError("kill -s " + name + " " + process.pid() + " ended with " + code);
        }
    }

    /** Fails if it has come to an end by itself that is no good one. */
    public void requireNoFailure() {
        if (!killed && !process.isAlive() && process.exitValue() != 0) {
            throw new AssertionError(
                    "the child JVM ended with " + process.exitValue() + ":\n" + String.join("\n", printed()));
        }
    }

    /** Ends it as {@code kill -9} does, and waits until it is gone. */
    public void kill() {
        killed = true;
        process.destroyForcibly().onExit().join();
    }

    @Override
    public void close() {
        kill();
    }

    private void read() {
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                add(line);
            }
        } catch (IOException e) {
            add("its output cannot be read: " + e);
        } finally {
            end();
        }
    }

    private void add(String line) {
        lock.lock();
        try {
            unread.add(line);
            printed.add(line);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void end() {
        lock.lock();
        try {
            ended = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
