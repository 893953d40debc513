/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store;

import dev.ralph.spi.Command;
import dev.ralph.spi.StoredCommand;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What one run was told, in order. Not thread-safe. */
final class RunCommands {

    /** The command with number n stands at n - 1. */
    private final List<StoredCommand> commands = new ArrayList<>();

    private final Map<UUID, Long> numbers = new HashMap<>();

    /** The number the command with this id has, or null if there is none. */
    @Nullable Long numberOf(UUID id) {
        return numbers.get(id);
    }

    long add(UUID id, Command command, Instant at) {
        long number = commands.size() + 1L;
        commands.add(new StoredCommand(number, command, at));
        numbers.put(id, number);
        return number;
    }

    long last() {
        return commands.size();
    }

    /** Whether a dead letter was told to go on; what else came too late for its last look is none of that. */
    boolean retriedAfter(long number) {
        return after(number).stream().anyMatch(stored -> stored.command() instanceof Command.Retry);
    }

    List<StoredCommand> after(long number) {
        return List.copyOf(commands.subList(Math.toIntExact(Math.min(Math.max(number, 0), last())), commands.size()));
    }
}
