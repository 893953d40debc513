/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.spi;

import java.time.Instant;

/**
 * A command as stored.
 *
 * @param number counts from 1 per run, without gaps, in the order of arrival
 * @param command what is to be done
 * @param at when the store took it
 */
public record StoredCommand(long number, Command command, Instant at) {}
