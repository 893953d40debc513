/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.real.server;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the server makes of one request of an agent's loop. */
public sealed interface Turn {

    /** The model says this and is done. */
    static Answer says(String text) {
        return new Answer(List.of(new Block.Text(text)), Tokens.FEW, Duration.ZERO, Duration.ZERO);
    }

    /** The model calls a tool. */
    static Answer calls(Block.ToolCall tool) {
        return new Answer(List.of(tool), Tokens.FEW, Duration.ZERO, Duration.ZERO);
    }

    /** The API refuses the request, and does not say when to come back. */
    static Refusal refuses(int status, String message) {
        return new Refusal(status, message, null);
    }

    /**
     * A whole answer.
     *
     * @param blocks its parts, in order
     * @param tokens what it says it used
     * @param delay how long the server takes before it begins
     * @param pace how long it pauses after each chunk
     */
    record Answer(List<Block> blocks, Tokens tokens, Duration delay, Duration pace) implements Turn {

        public Answer {
            blocks = List.copyOf(blocks);
        }

        public Answer using(Tokens used) {
            return new Answer(blocks, used, delay, pace);
        }

        public Answer after(Duration value) {
            return new Answer(blocks, tokens, value, pace);
        }

        public Answer pacedBy(Duration value) {
            return new Answer(blocks, tokens, delay, value);
        }

        /** With this thought before everything else. */
        public Answer thinking(String thought) {
            return with(0, new Block.Thinking(thought));
        }

        /** With this call after everything else. */
        public Answer calling(String tool, Map<String, Object> input) {
            return with(blocks.size(), new Block.ToolCall(tool, input));
        }

        boolean callsTools() {
            return blocks.stream().anyMatch(Block.ToolCall.class::isInstance);
        }

        private Answer with(int index, Block block) {
            List<Block> more = new ArrayList<>(blocks);
            more.add(index, block);
            return new Answer(more, tokens, delay, pace);
        }
    }

    /**
     * An error instead of an answer.
     *
     * @param status HTTP status
     * @param message what the API says
     * @param retryAfter when it asks to come back, or null if it does not say
     */
    record Refusal(int status, String message, @Nullable Duration retryAfter) implements Turn {

        public Refusal retryAfter(Duration value) {
            return new Refusal(status, message, value);
        }
    }

    /**
     * An answer that begins well and ends in an error, under HTTP status 200.
     *
     * @param begun what it begins with
     * @param status the status the error would have had
     * @param message what the API says
     */
    record BrokenStream(Answer begun, int status, String message) implements Turn {}

    /**
     * The connection stays open and nothing more comes.
     *
     * @param begun an answer of which one half comes, or null if not even the head does
     */
    record Silence(@Nullable Answer begun) implements Turn {}

    /**
     * The connection is closed before its time.
     *
     * @param begun an answer of which one half comes, or null if not even the head does
     */
    record Cut(@Nullable Answer begun) implements Turn {}
}
