/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ralph.Actor;
import dev.ralph.RunId;
import dev.ralph.RunSpec;
import dev.ralph.audit.AuditActions;
import dev.ralph.audit.AuditEntry;
import dev.ralph.event.StateEvent;
import dev.ralph.spi.Command;
import dev.ralph.spi.Lease;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class AuditTrailTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00.123456789Z");
    private static final RunId RUN = RunId.create(NOW);

    private final AuditTrail trail =
            new AuditTrail("node-1", text -> text.replace("s3cr3t", "[redacted]"), InstantSource.fixed(NOW));

    @Test
    void secretsAreMaskedInDetails() {
        AuditEntry told =
                trail.commanded(Actor.of("ann").with("note", "it is s3cr3t"), RUN, "blue", new Command.Guide("12345"));

        assertThat(told.details()).isEqualTo(Map.of("note", "it is [redacted]", "characters", "5"));
    }

    @Test
    void everyEntryHasAnIdOfItsOwnThatBeginsWithItsTime() {
        AuditEntry first = trail.commanded(trail.node(), RUN, null, new Command.Pause());
        AuditEntry second = trail.commanded(trail.node(), RUN, null, new Command.Pause());

        assertThat(first.id()).isNotEqualTo(second.id());
        assertThat(first.id().version()).isEqualTo(7);
        assertThat(first.id().getMostSignificantBits() >>> 16).isEqualTo(NOW.toEpochMilli());
        assertThat(first.at()).isEqualTo(Instant.parse("2026-03-01T12:00:00.123456Z"));
    }

    @Test
    void whatANodeDidIsTimedByItsEventAndNamesNoContent() {
        RunSpec spec =
                RunSpec.prompt("s3cr3t").workspace(Path.of("w")).tenant("blue").build();
        Lease lease = new Lease(RUN, "node-2", UUID.randomUUID(), 1);
        Instant then = NOW.minusSeconds(60);

        List<AuditEntry> told = trail.step(
                lease,
                spec,
                List.of(
                        new StateEvent.RunTakenUp(RUN, 2, then, "node-2", true),
                        new StateEvent.GuidanceReceived(RUN, 3, then, 12),
                        new StateEvent.WorkspaceRestored(RUN, 4, then, 7)));

        assertThat(told).extracting(AuditEntry::action).containsExactly(AuditActions.TAKEN_UP, AuditActions.RESTORED);
        assertThat(told).allSatisfy(entry -> {
            assertThat(entry.principal()).isEqualTo("node:node-2");
            assertThat(entry.tenant()).isEqualTo("blue");
            assertThat(entry.at()).isEqualTo(then.truncatedTo(ChronoUnit.MICROS));
        });
        assertThat(told.get(0).details()).containsEntry("takeover", "true");
        assertThat(told.get(1).details()).containsEntry("checkpoint", "7");
    }
}
