/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc;

import dev.ralph.RunId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * What one node tells the others at once: ids, never content.
 *
 * @param sender the node's store
 * @param commanded runs that may have new commands
 * @param advanced runs that may have new events
 * @param queued whether an entry of the queue may be due
 */
record SignalBatch(UUID sender, Set<RunId> commanded, Set<RunId> advanced, boolean queued) {

    /** PostgreSQL takes less than 8,000 bytes at a time. */
    private static final int MOST = 7_900;

    private static final char COMMANDED = 'c';
    private static final char ADVANCED = 'e';
    private static final char QUEUED = 'q';
    private static final String BETWEEN = ",";

    SignalBatch {
        commanded = Set.copyOf(commanded);
        advanced = Set.copyOf(advanced);
    }

    /** The batch as texts that fit into notifications; at least one, even if it says no more than that the node is there. */
    List<String> encode() {
        List<String> items = new ArrayList<>();
        if (queued) {
            items.add(String.valueOf(QUEUED));
        }
        commanded.forEach(run -> items.add(COMMANDED + run.toString()));
        advanced.forEach(run -> items.add(ADVANCED + run.toString()));
        List<String> texts = new ArrayList<>();
        StringBuilder text = new StringBuilder(sender.toString());
        for (String item : items) {
            if (text.length() + BETWEEN.length() + item.length() > MOST) {
                texts.add(text.toString());
                text = new StringBuilder(sender.toString());
            }
            text.append(BETWEEN).append(item);
        }
        texts.add(text.toString());
        return texts;
    }

    /** Empty if it is no text of this kind; what a newer node says that this one does not know is passed over. */
    static Optional<SignalBatch> decode(String text) {
        try {
            String[] items = text.split(BETWEEN, -1);
            UUID sender = UUID.fromString(items[0]);
            Set<RunId> commanded = new LinkedHashSet<>();
            Set<RunId> advanced = new LinkedHashSet<>();
            boolean queued = false;
            for (int i = 1; i < items.length; i++) {
                char kind = items[i].charAt(0);
                if (kind == QUEUED) {
                    queued = true;
                } else if (kind == COMMANDED) {
                    commanded.add(RunId.parse(items[i].substring(1)));
                } else if (kind == ADVANCED) {
                    advanced.add(RunId.parse(items[i].substring(1)));
                }
            }
            return Optional.of(new SignalBatch(sender, commanded, advanced, queued));
        } catch (RuntimeException e) {
            return Optional.empty();
        }
    }
}
