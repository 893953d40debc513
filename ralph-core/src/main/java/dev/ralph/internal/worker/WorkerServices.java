/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.worker;

import dev.ralph.internal.audit.AuditTrail;
import dev.ralph.internal.codec.RunCodec;
import dev.ralph.internal.monitor.WorkMonitors;
import dev.ralph.internal.observation.Observations;
import dev.ralph.internal.output.Outputs;
import dev.ralph.process.ProcessLauncher;
import dev.ralph.spi.Store;
import java.util.concurrent.Executor;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;

/**
 * What stints work with.
 *
 * @param node the name of this node
 * @param store the state of record
 * @param codec reads and writes what it keeps
 * @param leases keeps leases alive
 * @param agents the agents of this node
 * @param gates the gates of this node
 * @param workspaces the workspaces its runs hold
 * @param distributed whether another node may go on with a run after a wait
 * @param processes launches contained processes, for gates
 * @param feed tells followers
 * @param redactor masks secrets
 * @param audit says what the audit trail is to know
 * @param outputs keeps what agents and gates print
 * @param monitors hear what happens
 * @param background runs small tasks that must not hold up an agent's output
 * @param nanoTime a monotonic clock
 * @param jitter draws from 0 to 1
 * @param observations shows the host what is done
 */
public record WorkerServices(
        String node,
        Store store,
        RunCodec codec,
        LeaseKeeper leases,
        Agents agents,
        Gates gates,
        WorkspaceSessions workspaces,
        boolean distributed,
        ProcessLauncher processes,
        EventFeed feed,
        Redactor redactor,
        AuditTrail audit,
        Outputs outputs,
        WorkMonitors monitors,
        Executor background,
        LongSupplier nanoTime,
        DoubleSupplier jitter,
        Observations observations) {}
