/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.process;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** The hand on a running process tree. Used by one thread. */
sealed interface Control {

    /** How often {@link #beat} wants to be called. */
    Duration beatEvery();

    /** Says that the JVM is alive; false if nobody listens any more. */
    boolean beat();

    /** Asks the command to end. */
    void terminate();

    /** Ends the tree without asking. */
    void kill();

    /** Lets go of the tree; a supervisor that is still there then ends it. */
    void release();

    /** Speaks to the supervisor over its standard input. */
    record Pipe(OutputStream pipe, Duration beatEvery) implements Control {

        @Override
        public boolean beat() {
            return write("k\n");
        }

        @Override
        public void terminate() {
            write("t\n");
        }

        @Override
        public void kill() {
            write("x\n");
        }

        @Override
        public void release() {
            try {
                pipe.close();
            } catch (IOException e) {
                // Broken already, which lets go as well.
            }
        }

        private boolean write(String word) {
            try {
                pipe.write(word.getBytes(StandardCharsets.US_ASCII));
                pipe.flush();
                return true;
            } catch (IOException e) {
                return false;
            }
        }
    }

    /** Signals the processes that the JVM itself sees. */
    record Handles(ObservedProcesses processes, Duration beatEvery) implements Control {

        @Override
        public boolean beat() {
            return true;
        }

        @Override
        public void terminate() {
            processes.alive().forEach(ProcessHandle::destroy);
        }

        @Override
        public void kill() {
            processes.alive().forEach(ProcessHandle::destroyForcibly);
        }

        @Override
        public void release() {}
    }
}
