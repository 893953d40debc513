/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.cache.redis;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessageTest {

    @Test
    void aMessageReadsAsItWasWritten() {
        roundTrip(new Message.Changed("node", "runs", 42, "a key with spaces\nand lines"));
        roundTrip(new Message.Changed("node", "runs", Long.MAX_VALUE, "key"));
        roundTrip(new Message.Changed("node", "runs", -1, ""));
        roundTrip(new Message.Emptied("node", "runs"));
        roundTrip(new Message.Ping("node", 7));
    }

    private static void roundTrip(Message message) {
        assertThat(Message.parse(message.text())).contains(message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "2 changed node runs 42 key",
                "1 changed node runs x key",
                "1 changed node runs -5 key",
                "1 other node runs",
                "1 ping node x"
            })
    void anotherFormIsNotUnderstood(String text) {
        assertThat(Message.parse(text)).isEmpty();
    }
}
