/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph;

import java.math.BigDecimal;

/**
 * What is set aside for an attempt before it is launched, so that a crash or a parallel run cannot spend it twice.
 *
 * @param tokens tokens of all kinds
 * @param cost US dollars
 */
public record Reservation(long tokens, BigDecimal cost) {

    public static final Reservation NONE = new Reservation(0, BigDecimal.ZERO);

    public Reservation {
        Check.notNegative("reservation.tokens", tokens);
        Check.notNegative("reservation.cost", cost);
    }
}
