/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.agents.claude.internal;

import dev.ralph.Usage;
import dev.ralph.agent.cli.JsonEvent;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Adds up what messages say of their usage. The client prints a message in several events, one a content block, each with
 * the same id and the usage as it was when the message began: what was read is right, what was written is not.
 */
final class StreamedUsage {

    /** Events of one message follow closely upon each other. */
    private static final int MAX_MESSAGES = 256;

    private final Map<String, Usage> latest = new LinkedHashMap<>() {

        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Usage> eldest) {
            return size() > MAX_MESSAGES;
        }
    };

    private Usage sum = Usage.ZERO;
    private boolean any;

    /**
     * Takes a message in.
     *
     * @return the sum so far if the message changed it, else null
     */
    @Nullable Usage add(JsonEvent message) {
        String id = message.text("id");
        Usage usage = TokenCounts.ofApi(message.object("usage"));
        if (id == null || usage == null) {
            return null;
        }
        Usage before = latest.getOrDefault(id, Usage.ZERO);
        Usage now = new Usage(
                Math.max(before.input(), usage.input()),
                Math.max(before.output(), usage.output()),
                Math.max(before.cacheRead(), usage.cacheRead()),
                Math.max(before.cacheWrite(), usage.cacheWrite()));
        latest.put(id, now);
        Usage more = TokenCounts.minus(now, before);
        if (more == null || more.equals(Usage.ZERO)) {
            return null;
        }
        any = true;
        sum = sum.plus(more);
        return sum;
    }

    /** The sum of all messages; null if none said anything. */
    @Nullable Usage sum() {
        return any ? sum : null;
    }
}
