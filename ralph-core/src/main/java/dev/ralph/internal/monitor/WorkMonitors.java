/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.monitor;

import dev.ralph.RunId;
import dev.ralph.log.LogText;
import dev.ralph.spi.Claim;
import dev.ralph.spi.Lease;
import dev.ralph.spi.Step;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells all monitors there are; usually none, which costs nothing. Thread-safe. */
public final class WorkMonitors implements WorkMonitor {

    private static final Logger LOG = LoggerFactory.getLogger(WorkMonitors.class);

    private final List<WorkMonitor> monitors = new CopyOnWriteArrayList<>();
    private final AtomicBoolean complained = new AtomicBoolean();

    public void add(WorkMonitor monitor) {
        monitors.add(monitor);
    }

    public void remove(WorkMonitor monitor) {
        monitors.remove(monitor);
    }

    boolean isEmpty() {
        return monitors.isEmpty();
    }

    @Override
    public void submitted() {
        tell(WorkMonitor::submitted);
    }

    @Override
    public void claimed(Claim.Granted claim) {
        tell(monitor -> monitor.claimed(claim));
    }

    @Override
    public void released(Lease lease) {
        tell(monitor -> monitor.released(lease));
    }

    @Override
    public void committed(Lease lease, Step step) {
        tell(monitor -> monitor.committed(lease, step));
    }

    @Override
    public void budgetUsed(String name) {
        tell(monitor -> monitor.budgetUsed(name));
    }

    @Override
    public void leaseLost(RunId run) {
        tell(monitor -> monitor.leaseLost(run));
    }

    @Override
    public void heard(RunId run) {
        tell(monitor -> monitor.heard(run));
    }

    @Override
    public void checkpointed(boolean made, Duration took) {
        tell(monitor -> monitor.checkpointed(made, took));
    }

    @Override
    public void storeCalled(StoreCall call, boolean answered, long nanos) {
        tell(monitor -> monitor.storeCalled(call, answered, nanos));
    }

    @Override
    public void activityDropped() {
        tell(WorkMonitor::activityDropped);
    }

    private void tell(Consumer<WorkMonitor> news) {
        for (WorkMonitor monitor : monitors) {
            try {
                news.accept(monitor);
            } catch (Throwable e) {
                // Whatever it is: a lease that was granted, or a step that is committed, must not be lost for it.
                if (complained.compareAndSet(false, true)) {
                    LOG.warn(
                            "A monitor failed; its figures are too low, and this is not said again",
                            LogText.failure(e));
                }
            }
        }
    }
}
