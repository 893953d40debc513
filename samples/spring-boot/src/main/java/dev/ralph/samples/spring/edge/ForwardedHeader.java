/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.spring.edge;

/** In which header the trusted proxies say for whom they ask. The other one is not read: a client could have written it. */
public enum ForwardedHeader {
    /** {@code X-Forwarded-For} and {@code X-Forwarded-Proto}. */
    X_FORWARDED_FOR,
    /** {@code Forwarded}, as RFC 7239 has it. */
    FORWARDED
}
