/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.worker;

import dev.ralph.Cost;
import dev.ralph.LeaseLostException;
import dev.ralph.RalphException;
import dev.ralph.event.ActivityEvent;
import dev.ralph.internal.log.LogScope;
import dev.ralph.internal.machine.Allotment;
import dev.ralph.internal.machine.Decision;
import dev.ralph.internal.machine.Outcome;
import dev.ralph.internal.monitor.WorkMonitors;
import dev.ralph.internal.output.OutputRecorder;
import dev.ralph.process.OutputChannel;
import dev.ralph.spi.AgentListener;
import dev.ralph.spi.Lease;
import dev.ralph.spi.Store;
import dev.ralph.spi.UsageReport;
import java.nio.ByteBuffer;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hears what the agent does during one attempt: redacts and publishes it, meters usage, cuts the attempt off when its
 * allowance is used up, and has the usage noted in the store in case this node dies. Thread-safe.
 */
final class AttemptListener implements AgentListener {

    private static final Logger LOG = LoggerFactory.getLogger(AttemptListener.class);

    /** Longer text comes in several events, so that a follower that keeps a number of them keeps a bounded amount. */
    private static final int EVENT_CHARS = 16 * 1024;

    private final Lease lease;
    private final Decision.Invoke invoke;
    private final UsageMeter meter;
    private final InterruptSwitch interrupts;
    private final StintClock clock;
    private final Redactor redactor;
    private final UnaryOperator<String> texts;
    private final EventFeed feed;
    private final WorkMonitors monitors;
    private final Store store;
    private final Executor background;
    private final OutputRecorder output;
    private final AtomicReference<@Nullable UsageReport> unwritten = new AtomicReference<>();
    private volatile boolean over;

    AttemptListener(
            Lease lease,
            Decision.Invoke invoke,
            UsageMeter meter,
            InterruptSwitch interrupts,
            StintClock clock,
            WorkerServices services,
            OutputRecorder output) {
        this.lease = lease;
        this.invoke = invoke;
        this.meter = meter;
        this.interrupts = interrupts;
        this.clock = clock;
        this.redactor = services.redactor();
        this.texts = redactor.oneByOne();
        this.feed = services.feed();
        this.monitors = services.monitors();
        this.store = services.store();
        this.background = services.background();
        this.output = output;
    }

    @Override
    public void text(String text) {
        String clean = written(text);
        int from = 0;
        while (from < clean.length()) {
            String rest = clean.substring(from, Math.min(clean.length(), from + EVENT_CHARS + 1));
            String part = StorableText.beginning(rest, EVENT_CHARS);
            publish(new ActivityEvent.TextWritten(lease.run(), clock.now(), invoke.iteration(), part));
            from += part.length();
        }
    }

    @Override
    public void toolCalled(String tool, String summary) {
        publish(new ActivityEvent.ToolCalled(
                lease.run(), clock.now(), invoke.iteration(), shortened(tool), shortened(summary)));
    }

    @Override
    public void toolReturned(String tool, boolean ok, String summary) {
        publish(new ActivityEvent.ToolReturned(
                lease.run(), clock.now(), invoke.iteration(), shortened(tool), ok, shortened(summary)));
    }

    private String written(String text) {
        synchronized (texts) {
            return texts.apply(text);
        }
    }

    private String shortened(String fromOutside) {
        String clean = redactor.redact(fromOutside);
        return StorableText.beginning(clean, EVENT_CHARS);
    }

    @Override
    public void printed(OutputChannel channel, ByteBuffer bytes) {
        monitors.heard(lease.run());
        output.printed(channel, bytes);
    }

    @Override
    public void usage(UsageReport report) {
        if (over) {
            return;
        }
        UsageReport highest = meter.report(report);
        Cost cost = highest.cost();
        publish(new ActivityEvent.UsageReported(lease.run(), clock.now(), invoke.iteration(), highest.usage(), cost));
        Outcome.Interruption usedUp = Allotment.usedUp(invoke.allowance(), highest);
        if (usedUp != null) {
            cutOff(usedUp == Outcome.Interruption.TOKENS ? Cutoff.TOKENS : Cutoff.COST);
        }
        if (unwritten.getAndSet(highest) == null) {
            writeLater();
        }
    }

    private void writeLater() {
        try {
            background.execute(LogScope.carried(this::write));
        } catch (RejectedExecutionException e) {
            LOG.debug("Run {}: closing, usage so far is not noted", lease.run());
        }
    }

    /** The attempt is over: what comes late is not heard. */
    synchronized void close() {
        over = true;
    }

    /** Under the lock of {@link #close}: after it, an interrupt would hit whatever the run does next. */
    private synchronized void cutOff(Cutoff why) {
        if (!over) {
            interrupts.cutOff(why);
        }
    }

    private void publish(ActivityEvent event) {
        if (!over) {
            feed.activity(event);
        }
    }

    /** Writes the latest report; reports that come while it writes are written by one more call. */
    private void write() {
        UsageReport report = unwritten.getAndSet(null);
        if (report == null || over) {
            return;
        }
        try {
            store.reportUsage(lease, invoke.iteration(), invoke.attempt(), report);
        } catch (LeaseLostException e) {
            LOG.debug("Run {}: usage came after the lease was lost", lease.run());
        } catch (RalphException e) {
            LOG.warn("Run {}: usage so far could not be noted: {}", lease.run(), redactor.line(e.getMessage()));
        }
    }
}
