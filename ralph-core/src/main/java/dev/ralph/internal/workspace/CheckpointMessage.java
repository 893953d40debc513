/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.workspace;

import dev.ralph.InvalidValueException;
import dev.ralph.RunId;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How a checkpoint's facts are written in its commit message, and read back. */
final class CheckpointMessage {

    private static final String RUN = "Ralph-Run";
    private static final String LEASE = "Ralph-Lease";
    private static final String ORDER = "Ralph-Order";
    private static final String NUMBER = "Ralph-Checkpoint";
    private static final String ITERATION = "Ralph-Iteration";
    private static final String KIND = "Ralph-Kind";
    private static final String HEAD = "Ralph-Head";
    private static final String BRANCH = "Ralph-Branch";
    private static final String SCOPE = "Ralph-Workspace";
    private static final String SEPARATOR = ": ";

    private static final Pattern COMMIT = Pattern.compile(
            "tree ([0-9a-f]+)\n.*?\ncommitter Ralph <[^>\n]*> (\\d{1,15}) \\+0000\n\n(.*)", Pattern.DOTALL);

    private CheckpointMessage() {}

    static String write(CheckpointRequest request, int order, Repository.Head head, GitPath scope) {
        StringBuilder message = new StringBuilder("Checkpoint ")
                .append(request.number())
                .append(" of run ")
                .append(request.run())
                .append("\n\n");
        line(message, RUN, request.run().toString());
        line(message, LEASE, request.lease());
        line(message, ORDER, String.valueOf(order));
        line(message, NUMBER, String.valueOf(request.number()));
        line(message, ITERATION, String.valueOf(request.iteration()));
        line(message, KIND, request.kind().name());
        line(message, HEAD, head.commit());
        line(message, BRANCH, head.branch());
        line(message, SCOPE, scope.bytes().isEmpty() ? "" : scope.quoted());
        return message.toString();
    }

    private static void line(StringBuilder message, String key, String value) {
        if (!value.isEmpty()) {
            message.append(key).append(SEPARATOR).append(value).append('\n');
        }
    }

    /** Reads a checkpoint, or nothing if the message is not that of a checkpoint. */
    static Optional<Checkpoint> read(
            String commit, String reference, String tree, long createdSeconds, List<String> message) {
        Map<String, String> facts = new HashMap<>();
        for (String line : message) {
            int at = line.indexOf(SEPARATOR);
            if (at > 0) {
                facts.put(line.substring(0, at), line.substring(at + SEPARATOR.length()));
            }
        }
        try {
            return Optional.of(new Checkpoint(
                    commit,
                    reference,
                    tree,
                    RunId.parse(required(facts, RUN)),
                    required(facts, LEASE),
                    Integer.parseInt(required(facts, ORDER)),
                    Integer.parseInt(required(facts, NUMBER)),
                    Integer.parseInt(required(facts, ITERATION)),
                    Checkpoint.Kind.valueOf(required(facts, KIND)),
                    facts.getOrDefault(HEAD, ""),
                    facts.getOrDefault(BRANCH, ""),
                    GitPath.parse(facts.getOrDefault(SCOPE, "")).toString(),
                    Instant.ofEpochSecond(createdSeconds)));
        } catch (IllegalArgumentException | InvalidValueException e) {
            return Optional.empty();
        }
    }

    /** Reads a checkpoint from a commit object as git prints it. */
    static Optional<Checkpoint> readCommit(String commit, List<String> object) {
        Matcher header = COMMIT.matcher(String.join("\n", object));
        return header.matches()
                ? read(
                        commit,
                        "",
                        header.group(1),
                        Long.parseLong(header.group(2)),
                        header.group(3).lines().toList())
                : Optional.empty();
    }

    private static String required(Map<String, String> facts, String key) {
        String value = facts.get(key);
        if (value == null) {
            throw new IllegalArgumentException("no " + key);
        }
        return value;
    }
}
