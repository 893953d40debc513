/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** Back-up, restore and recovery, by the scripts of {@code deploy/backup}, on a server of the client programs' version. */
@NullMarked
package dev.ralph.store.jdbc.backup;

import org.jspecify.annotations.NullMarked;
