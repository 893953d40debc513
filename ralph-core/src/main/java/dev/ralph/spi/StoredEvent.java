/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.spi;

import java.time.Instant;

/**
 * A state event as stored.
 *
 * @param seq counts from 1 per run, without gaps
 * @param type its stable name, for queries
 * @param at when it happened
 * @param payload the event itself
 */
public record StoredEvent(long seq, String type, Instant at, Payload payload) {}
