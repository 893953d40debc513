/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.spring.report;

import dev.ralph.Spend;
import java.math.BigDecimal;

/**
 * US dollars, kept apart by how far they can be trusted.
 *
 * @param billed reported as charged
 * @param estimated computed from prices
 * @param unknown charged against the limits for attempts that reported nothing
 * @param total all three
 */
public record Money(BigDecimal billed, BigDecimal estimated, BigDecimal unknown, BigDecimal total) {

    /** The same, with its total. */
    public static Money of(Spend spend) {
        return new Money(spend.billed(), spend.estimated(), spend.unknown(), spend.total());
    }
}
