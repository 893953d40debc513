/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.real;

import dev.ralph.real.client.InstallClients;
import dev.ralph.real.client.RealClient;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What holds for whole loops through every client. After each test, whatever it was, no process of the client is left. */
@Tag("linux")
@ExtendWith(InstallClients.class)
abstract class RealClientRules implements WorkRules, LimitRules, ServiceRules, StopRules, HostRules, SecrecyRules {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private Bench bench;

    private final RealClient client;

    RealClientRules(RealClient client) {
        this.client = client;
    }

    @BeforeEach
    final void openBench() throws Exception {
        bench = Bench.open(client, folder.toRealPath());
    }

    @AfterEach
    final void closeBench() {
        bench.close();
    }

    @Override
    public final Bench bench() {
        return bench;
    }
}
