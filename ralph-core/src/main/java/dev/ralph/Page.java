/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page of a listing. Paging is by key: rows added or removed meanwhile make no other row appear twice or go missing.
 *
 * @param items the rows, in order
 * @param next the cursor of the next page, or null if this is the last
 */
public record Page<T>(List<T> items, @Nullable String next) {

    public Page {
        items = List.copyOf(items);
    }
}
