/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc.fault;

import dev.ralph.AttemptStatus;
import dev.ralph.spi.Command;
import dev.ralph.spi.RecordChange;
import dev.ralph.spi.Step;
import org.jspecify.annotations.Nullable;

/** The transactions of ADR 4 that are made for a run. */
enum StepKind {
    CREATED("create"),
    CLAIMED("claim"),
    RENEWED("renew"),
    RELEASED("release"),
    PAUSE_ACCEPTED("command accepted"),
    RESUME_ACCEPTED("command accepted"),
    GUIDE_ACCEPTED("command accepted"),
    CANCEL_ACCEPTED("command accepted"),
    TAKEN_UP("TAKEN UP"),
    STARTED("STARTED"),
    USAGE_NOTED("usage report"),
    SETTLED("SETTLED"),
    VERIFIED("VERIFIED"),
    CHECKPOINTED("CHECKPOINTED"),
    RESTORED("RESTORED"),
    /** Any step that consumes commands; it is of its own kind too. */
    COMMANDS("commands"),
    WAITING("WAITING"),
    PAUSED("PAUSED"),
    HANDED_BACK("HANDED BACK"),
    ENDED("ENDED");

    private final String row;

    StepKind(String row) {
        this.row = row;
    }

    /** What the table in ADR 4 calls it. */
    String row() {
        return row;
    }

    /**
     * The kind of a step, apart from {@link #COMMANDS}.
     *
     * @throws AssertionError if it is none that ADR 4 knows
     */
    static StepKind of(Step step) {
        for (RecordChange change : step.records()) {
            StepKind kind = of(change);
            if (kind != null && !step.run().status().isFinal()) {
                return kind;
            }
        }
        return switch (step.run().status()) {
            case COMPLETED, STOPPED, FAILED -> ENDED;
            case WAITING -> WAITING;
            case PAUSED -> PAUSED;
            case QUEUED -> HANDED_BACK;
            case RUNNING -> ofEvents(step);
        };
    }

    static StepKind of(Command command) {
        if (command instanceof Command.Pause) {
            return PAUSE_ACCEPTED;
        } else if (command instanceof Command.Resume) {
            return RESUME_ACCEPTED;
        } else if (command instanceof Command.Guide) {
            return GUIDE_ACCEPTED;
        } else if (command instanceof Command.Cancel) {
            return CANCEL_ACCEPTED;
        }
        throw new AssertionError("a command that ADR 4 does not know: " + command);
    }

    private static @Nullable StepKind of(RecordChange change) {
        if (change instanceof RecordChange.StartAttempt) {
            return STARTED;
        } else if (change instanceof RecordChange.SettleAttempt settle) {
            return settle.attempt().status() == AttemptStatus.ABANDONED ? TAKEN_UP : SETTLED;
        } else if (change instanceof RecordChange.AddGate) {
            return VERIFIED;
        } else if (change instanceof RecordChange.AddCheckpoint) {
            return CHECKPOINTED;
        }
        return null;
    }

    private static StepKind ofEvents(Step step) {
        return step.events().stream()
                .map(event -> switch (event.type()) {
                    case "run_taken_up" -> TAKEN_UP;
                    case "workspace_restored" -> RESTORED;
                    case "checkpoint_failed" -> CHECKPOINTED;
                    default -> null;
                })
                .filter(kind -> kind != null)
                .findFirst()
                .orElseThrow(() -> new AssertionError("a step that ADR 4 does not know: " + step.events()));
    }
}
