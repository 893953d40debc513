/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.spring.edge;

import java.time.Duration;

/**
 * What came of counting a request.
 *
 * @param name by what it was counted, as the headers name it: {@code address}, {@code principal}, {@code login}
 * @param limit the limit it was counted against
 * @param allowed whether it was within the limit
 * @param remaining how many more may come in this window
 * @param untilReset how long until the next window
 */
public record Verdict(String name, RateLimit limit, boolean allowed, long remaining, Duration untilReset) {}
