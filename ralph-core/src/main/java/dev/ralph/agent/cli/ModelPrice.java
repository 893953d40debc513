/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.agent.cli;

import dev.ralph.Usage;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** What one model costs. */
record ModelPrice(Rates rates, long promptLimit, @Nullable Rates above) {

    private static final int MILLION = 6;

    /** US dollars for a million tokens of each kind. */
    record Rates(BigDecimal input, BigDecimal output, BigDecimal cacheRead, BigDecimal cacheWrite) {

        BigDecimal of(Usage usage) {
            return input.multiply(BigDecimal.valueOf(usage.input()))
                    .add(output.multiply(BigDecimal.valueOf(usage.output())))
                    .add(cacheRead.multiply(BigDecimal.valueOf(usage.cacheRead())))
                    .add(cacheWrite.multiply(BigDecimal.valueOf(usage.cacheWrite())))
                    .movePointLeft(MILLION);
        }
    }

    BigDecimal of(Usage usage, long longestPrompt) {
        return above != null && longestPrompt > promptLimit ? above.of(usage) : rates.of(usage);
    }
}
