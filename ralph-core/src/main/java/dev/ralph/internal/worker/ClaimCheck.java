/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.worker;

import dev.ralph.GateRecord;
import dev.ralph.GateRef;
import dev.ralph.event.ActivityEvent;
import dev.ralph.internal.machine.Decision;
import dev.ralph.internal.observation.TraceHeaders;
import dev.ralph.internal.output.OutputRecorder;
import dev.ralph.observation.GateObservationContext;
import dev.ralph.spi.ArtifactId;
import dev.ralph.spi.GateContext;
import dev.ralph.spi.Lease;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Runs the gates of one claim in their order, until one rejects it. */
final class ClaimCheck {

    private final WorkerServices services;
    private final Lease lease;
    private final StintClock clock;
    private final InterruptSwitch interrupts;

    ClaimCheck(WorkerServices services, Lease lease, StintClock clock, InterruptSwitch interrupts) {
        this.services = services;
        this.lease = lease;
        this.clock = clock;
        this.interrupts = interrupts;
    }

    /**
     * Runs them.
     *
     * @return the results of those that were run
     * @throws InterruptedException if it was cut off; the claim is as good as before
     */
    List<GateRecord> run(Decision.Verify verify, Path workspace) throws InterruptedException {
        List<GateRecord> results = new ArrayList<>();
        for (GateRef gate : verify.gates()) {
            services.feed()
                    .activity(new ActivityEvent.GateStarted(
                            lease.run(),
                            clock.now(),
                            verify.iteration(),
                            services.gates().name(gate)));
            ArtifactId id = ArtifactId.gate(lease, verify.iteration(), results.size() + 1);
            GateRecord result = observe(gate, id, workspace);
            results.add(result);
            if (!result.passed()) {
                break;
            }
        }
        return results;
    }

    private GateRecord observe(GateRef gate, ArtifactId id, Path workspace) throws InterruptedException {
        GateObservationContext begun = new GateObservationContext(
                id.run(), id.iteration(), gate.type(), services.gates().name(gate));
        return services.observations().observe(begun, observed -> {
            Map<String, String> trace = TraceHeaders.environment(observed.getCarrier());
            GateRecord result = interrupts.interruptibly(() -> check(gate, id, workspace, trace));
            observed.checked(result.passed());
            return result;
        });
    }

    private GateRecord check(GateRef gate, ArtifactId id, Path workspace, Map<String, String> trace)
            throws InterruptedException {
        try (OutputRecorder output = services.outputs().begin(id)) {
            GateContext context =
                    new GateContext(id.run(), id.iteration(), workspace, services.processes(), output, trace);
            return services.gates().check(gate, context, output);
        }
    }
}
