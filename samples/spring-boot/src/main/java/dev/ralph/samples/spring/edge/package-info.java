/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** What is looked at before anybody is asked who they are: host name, address, how often, from which web site. */
@NullMarked
package dev.ralph.samples.spring.edge;

import org.jspecify.annotations.NullMarked;
