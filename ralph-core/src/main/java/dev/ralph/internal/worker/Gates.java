/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.worker;

import dev.ralph.ConfigurationException;
import dev.ralph.GateRecord;
import dev.ralph.GateRef;
import dev.ralph.RalphException;
import dev.ralph.internal.output.OutputRecorder;
import dev.ralph.spi.Gate;
import dev.ralph.spi.GateContext;
import dev.ralph.spi.GateProvider;
import dev.ralph.spi.GateVerdict;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The gate providers of this node. Thread-safe. */
public final class Gates {

    private static final Logger LOG = LoggerFactory.getLogger(Gates.class);

    private static final String CUT = "[…]\n";

    private final Map<String, GateProvider> providers;
    private final LongSupplier nanoTime;
    private final Redactor redactor;

    public Gates(Map<String, GateProvider> providers, LongSupplier nanoTime, Redactor redactor) {
        this.providers = Map.copyOf(providers);
        this.nanoTime = nanoTime;
        this.redactor = redactor;
    }

    /**
     * Builds a gate from its reference.
     *
     * @throws ConfigurationException if its type is not registered here or its settings are wrong
     */
    public Gate build(GateRef ref) {
        GateProvider provider = providers.get(ref.type());
        if (provider == null) {
            throw new ConfigurationException("gate '" + ref.name() + "' has the type '" + ref.type()
                    + "', which is not registered here; known types: "
                    + providers.keySet().stream().sorted().collect(Collectors.joining(", ")));
        }
        return provider.create(ref);
    }

    /**
     * Runs one gate. A gate that throws rejects: a claim nobody could check does not stand.
     *
     * @param output keeps what the gate prints
     */
    GateRecord check(GateRef ref, GateContext context, OutputRecorder output) throws InterruptedException {
        long begin = nanoTime.getAsLong();
        GateVerdict verdict = verdict(ref, context);
        String feedback = redactor.redact(verdict.feedback());
        return new GateRecord(
                context.iteration(),
                name(ref),
                verdict.passed(),
                feedback.length() <= GateRecord.MAX_FEEDBACK
                        ? StorableText.of(feedback)
                        : CUT + StorableText.end(feedback, GateRecord.MAX_FEEDBACK - CUT.length()),
                Duration.ofNanos(nanoTime.getAsLong() - begin),
                output.finish());
    }

    /** What a gate is called in records and events: unless it has a name, its command, which may hold anything. */
    String name(GateRef ref) {
        return StorableText.of(redactor.redact(ref.name()));
    }

    private GateVerdict verdict(GateRef ref, GateContext context) throws InterruptedException {
        try {
            return Objects.requireNonNull(build(ref).check(context), "its verdict");
        } catch (InterruptedException e) {
            throw e;
        } catch (RalphException e) {
            return GateVerdict.reject("the gate could not be run: " + e.getMessage());
        } catch (Throwable e) {
            LOG.error("Run {}: gate '{}' failed", context.run(), redactor.line(ref.name()), redactor.failure(e));
            return GateVerdict.reject("the gate failed: " + e);
        }
    }
}
