/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.plain.host;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DispatchersTest {

    @Test
    void onlyAWorkersDispatcherSaysThatItWorks() {
        assertThat(new IdleDispatcher().works()).isFalse();
        assertThat(new QueueIfAny().works()).isFalse();
        assertThat(new ClusterDispatcher().works()).isTrue();
    }
}
