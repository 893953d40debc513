/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.agents.gemini.internal;

import dev.ralph.agent.cli.PriceTable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The price table that comes with the adapter. */
public final class GeminiPrices {

    private static final String RESOURCE = "prices.json";

    private GeminiPrices() {}

    public static PriceTable builtIn() {
        try (InputStream table = GeminiPrices.class.getResourceAsStream(RESOURCE)) {
            if (table == null) {
                throw new IllegalStateException(RESOURCE + " is missing beside " + GeminiPrices.class.getName());
            }
            return PriceTable.parse(RESOURCE, new String(table.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(RESOURCE + " cannot be read", e);
        }
    }
}
