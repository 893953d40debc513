/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.spi;

import java.time.Instant;

/**
 * An artifact that can be read.
 *
 * @param id its id
 * @param bytes how many bytes are stored; of an artifact that is sealed, of the sealed bytes, which are a little more
 * @param storedAt when it was written, by the store's clock
 */
public record StoredArtifact(ArtifactId id, long bytes, Instant storedAt) {}
