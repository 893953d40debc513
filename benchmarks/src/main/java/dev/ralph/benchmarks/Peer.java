/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.benchmarks;

import java.time.Duration;

/** The caches that are compared. */
enum Peer {
    RALPH("Ralph") {
        @Override
        CacheNode open(String url, Duration ttl) {
            return RalphNode.open(url, ttl);
        }
    },
    JETCACHE("JetCache") {
        @Override
        CacheNode open(String url, Duration ttl) {
            return JetCacheNode.open(url, ttl);
        }
    };

    private final String title;

    Peer(String title) {
        this.title = title;
    }

    /** What a process of its own would have. */
    abstract CacheNode open(String url, Duration ttl);

    String title() {
        return title;
    }
}
