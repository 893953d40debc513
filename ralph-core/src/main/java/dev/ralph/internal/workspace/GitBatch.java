/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.workspace;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Several calls of git in one process: starting a contained process costs more than what most calls do.
 *
 * <p>The program is a constant. What it runs reaches it as arguments, one per call, with fields between tabs; a call with a
 * field that has a tab or the end of a line in it cannot be in a batch. Each call's output ends with a line that gives its
 * exit code. That line begins with a character that git's own lists never print.
 */
final class GitBatch {

    private static final char END_MARK = '\u0001';
    private static final String FIELD_SEPARATOR = "\t";

    private static final String PROGRAM = """
            set -f
            IFS=$(printf '\\t')
            for call do
                env $call
                printf '\\001%s\\n' "$?"
            done
            """;

    private final List<GitCommand> commands;

    GitBatch(List<GitCommand> commands) {
        this.commands = List.copyOf(commands);
    }

    /** Whether these calls can be in a batch. */
    boolean isPossible() {
        return commands.size() > 1
                && commands.stream()
                                .filter(command -> !command.input().isEmpty())
                                .count()
                        <= 1
                && commands.stream().map(GitCommand::directory).distinct().count() == 1
                && commands.stream()
                        .flatMap(command -> fields(command).stream())
                        .allMatch(GitBatch::isField);
    }

    private static boolean isField(String field) {
        return !field.isEmpty() && field.indexOf('\t') < 0 && field.indexOf('\n') < 0;
    }

    /** The process that runs all of them. */
    List<String> processArguments() {
        List<String> arguments = new ArrayList<>(List.of("sh", "-c", PROGRAM, "git-batch"));
        for (GitCommand command : commands) {
            arguments.add(String.join(FIELD_SEPARATOR, fields(command)));
        }
        return arguments;
    }

    private List<String> fields(GitCommand command) {
        Map<String, String> common = environment();
        List<String> fields = new ArrayList<>();
        command.environment().forEach((name, value) -> {
            if (!common.containsKey(name)) {
                fields.add(name + "=" + value);
            }
        });
        fields.add("git");
        fields.addAll(command.arguments());
        return fields;
    }

    /** What all calls have in their environment; the rest is among their fields. */
    Map<String, String> environment() {
        Map<String, String> common = new HashMap<>(commands.get(0).environment());
        for (GitCommand command : commands) {
            common.entrySet().retainAll(command.environment().entrySet());
        }
        return common;
    }

    GitCommand first() {
        return commands.get(0);
    }

    /** What the one call that has input reads. */
    String input() {
        return commands.stream()
                .map(GitCommand::input)
                .filter(input -> !input.isEmpty())
                .findFirst()
                .orElse("");
    }

    long outputLimit() {
        return commands.stream().mapToLong(GitCommand::outputLimit).max().orElseThrow();
    }

    /** Takes the output of the process apart. Calls whose end is not told count as cut. */
    List<GitOutput> outputs(List<String> lines, boolean cut, String errors) {
        List<GitOutput> outputs = new ArrayList<>();
        List<String> current = new ArrayList<>();
        for (String line : lines) {
            if (outputs.size() < commands.size() && isEnd(line)) {
                int exitCode = Integer.parseInt(line.substring(1));
                outputs.add(new GitOutput(name(outputs.size()), exitCode, current, false, errors));
                current = new ArrayList<>();
            } else {
                current.add(line);
            }
        }
        while (outputs.size() < commands.size()) {
            outputs.add(new GitOutput(name(outputs.size()), -1, List.of(), cut, errors));
        }
        return outputs;
    }

    private static boolean isEnd(String line) {
        return line.length() > 1
                && line.charAt(0) == END_MARK
                && line.chars().skip(1).allMatch(c -> c >= '0' && c <= '9');
    }

    private String name(int index) {
        return commands.get(index).summary();
    }
}
