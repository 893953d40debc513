/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.cache.redis;

import dev.ralph.cache.Loaded;
import java.util.Optional;

/** What processes tell each other: text, whose first word is the version of its form. */
sealed interface Message {

    /** Who tells it. */
    String node();

    /** What is below a version is out of date; {@link Long#MAX_VALUE} for any version. */
    record Changed(String node, String region, long version, String key) implements Message {}

    /** Everything of a region is out of date. */
    record Emptied(String node, String region) implements Message {}

    /** A process sees whether it hears itself. */
    record Ping(String node, long number) implements Message {}

    private static String head(String kind, String node) {
        return "1 " + kind + " " + node + " ";
    }

    default String text() {
        if (this instanceof Changed changed) {
            return head("changed", changed.node())
                    + changed.region() + " "
                    + (changed.version() == Long.MAX_VALUE ? "*" : changed.version()) + " "
                    + changed.key();
        }
        if (this instanceof Emptied emptied) {
            return head("emptied", emptied.node()) + emptied.region();
        }
        return head("ping", node()) + ((Ping) this).number();
    }

    /** Reads a message; empty if it has another form: a process of another release sent it. */
    static Optional<Message> parse(String text) {
        String[] words = text.split(" ", 6);
        try {
            if (words.length == 6 && words[0].equals("1") && words[1].equals("changed")) {
                long version = words[4].equals("*") ? Long.MAX_VALUE : Long.parseLong(words[4]);
                return version < Loaded.NONE
                        ? Optional.empty()
                        : Optional.of(new Changed(words[2], words[3], version, words[5]));
            }
            if (words.length == 4 && words[0].equals("1")) {
                return switch (words[1]) {
                    case "emptied" -> Optional.of(new Emptied(words[2], words[3]));
                    case "ping" -> Optional.of(new Ping(words[2], Long.parseLong(words[3])));
                    default -> Optional.empty();
                };
            }
            return Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
