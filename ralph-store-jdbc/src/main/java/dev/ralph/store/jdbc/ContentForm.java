/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc;

import dev.ralph.AttemptRecord;
import dev.ralph.ContentUnreadableException;
import dev.ralph.GateRecord;
import dev.ralph.IterationRecord;
import dev.ralph.Page;
import dev.ralph.RunId;
import dev.ralph.RunSnapshot;
import dev.ralph.audit.AuditEntry;
import dev.ralph.spi.Claim;
import dev.ralph.spi.Command;
import dev.ralph.spi.ContentSeal;
import dev.ralph.spi.Creation;
import dev.ralph.spi.NewRun;
import dev.ralph.spi.Payload;
import dev.ralph.spi.RunUpdate;
import dev.ralph.spi.Step;
import dev.ralph.spi.StoredCommand;
import dev.ralph.spi.StoredEvent;
import dev.ralph.spi.StoredRun;
import dev.ralph.store.jdbc.Seals.Place;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * The one place where content of runs gets its stored form and gets back from it: sealed if there are keys, as it is without.
 * Which columns hold content is told in ADR 0020. Thread-safe; may block for a statement, and so is not used within a
 * transaction.
 */
final class ContentForm {

    /** In place of a text that does not open, where others beside it do. */
    private static final String UNREADABLE = "[unreadable: its key is gone or it was changed]";

    static final String SPEC = "specs.content";
    static final String STATE = "orchestrations.state";
    static final String DETAIL = "orchestrations.detail";
    static final String GUIDANCE = "commands.content";

    private final @Nullable Seals seals;
    private final DataKeys keys;
    private final RunKeys runKeys;
    private final PersonalFields personal;

    /** Without {@code seals}, everything stays as it is. */
    ContentForm(@Nullable Seals seals, DataKeys keys, RunKeys runKeys, PersonalFields personal) {
        this.seals = seals;
        this.keys = keys;
        this.runKeys = runKeys;
        this.personal = personal;
    }

    /** What an event's content is called. */
    static String event(long seq, String type) {
        return "events.content " + seq + " " + type;
    }

    /** What bytes of a codec's version are called. */
    static String versioned(String name, int version) {
        return name + " v" + version;
    }

    /** Whether there are keys. */
    boolean seals() {
        return seals != null;
    }

    Optional<ContentSeal> seal() {
        return Optional.ofNullable(seals);
    }

    /** What a run that is new is to be sealed with; null for nothing. */
    @Nullable DataKey keyFor(NewRun run) {
        return seals == null ? null : keys.forNew(run.subject());
    }

    /** What a run is sealed with; null for nothing. */
    @Nullable DataKey keyOf(RunId run) {
        return seals == null ? null : runKeys.of(run);
    }

    List<AuditEntry> stored(List<AuditEntry> entries) {
        return personal.stored(entries);
    }

    NewRun stored(NewRun run, @Nullable DataKey key) {
        return new NewRun(
                run.id(),
                run.taskId(),
                run.tenant(),
                run.subject(),
                run.labels(),
                run.agents(),
                stored(key, run.id(), SPEC, run.spec()),
                stored(key, run.id(), STATE, run.state()),
                stored(key, run.id(), run.submitted()),
                run.createdAt(),
                run.startDelay(),
                run.priority(),
                run.workspace(),
                personal.stored(run.audit()));
    }

    Step stored(RunId run, Step step, @Nullable DataKey key) {
        if (key == null) {
            return step.audit().isEmpty()
                    ? step
                    : step.withAudit(personal.stored(step.audit()).toArray(AuditEntry[]::new));
        }
        RecordTexts records = new RecordTexts((name, text) -> stored(key, run, name, text));
        RunUpdate update = step.run();
        return new Step(
                step.expectedVersion(),
                stored(key, run, STATE, step.state()),
                new RunUpdate(
                        update.status(),
                        update.reason(),
                        update.verification(),
                        update.detail() == null ? null : stored(key, run, DETAIL, update.detail()),
                        update.progress(),
                        update.at(),
                        update.startedAt(),
                        update.completedAt(),
                        update.wakeAt()),
                step.records().stream().map(records::change).toList(),
                step.events().stream().map(event -> stored(key, run, event)).toList(),
                step.commandsThrough(),
                step.budgets(),
                step.release(),
                personal.stored(step.audit()));
    }

    Command stored(RunId run, Command command, @Nullable DataKey key) {
        return command instanceof Command.Guide guide && key != null
                ? new Command.Guide(stored(key, run, GUIDANCE, guide.text()))
                : command;
    }

    Creation clear(Creation creation) {
        return new Creation(clear(creation.run()), creation.created());
    }

    Claim clear(Claim claim) {
        if (claim instanceof Claim.Granted granted) {
            return new Claim.Granted(
                    granted.lease(), clear(granted.run()), granted.at(), granted.lapsed(), granted.lapses());
        }
        return claim instanceof Claim.Over over ? new Claim.Over(clear(over.run())) : claim;
    }

    StoredRun clear(StoredRun stored) {
        if (seals == null) {
            // A node without a key that was there before the others got theirs.
            if (Seals.isSealed(stored.spec().bytes())) {
                throw new ContentUnreadableException("run " + stored.snapshot().id()
                        + " is encrypted, and this node has no key; set ENCRYPTION_KEY and start it again");
            }
            return stored;
        }
        RunId run = stored.snapshot().id();
        return new StoredRun(
                clear(stored.snapshot()),
                clear(run, SPEC, stored.spec()),
                clear(run, STATE, stored.state()),
                stored.epoch(),
                stored.commandsThrough(),
                stored.lastEvent(),
                stored.leaseUntil());
    }

    Page<RunSnapshot> clear(Page<RunSnapshot> page) {
        if (seals == null) {
            return page;
        }
        seals.prepare(page.items().stream().map(RunSnapshot::detail));
        return new Page<>(page.items().stream().map(this::listed).toList(), page.next());
    }

    List<StoredEvent> events(RunId run, List<StoredEvent> events) {
        return seals == null
                ? events
                : events.stream()
                        .map(event -> new StoredEvent(
                                event.seq(),
                                event.type(),
                                event.at(),
                                clear(run, event(event.seq(), event.type()), event.payload())))
                        .toList();
    }

    List<StoredCommand> commands(RunId run, List<StoredCommand> commands) {
        return seals == null
                ? commands
                : commands.stream()
                        .map(command -> command.command() instanceof Command.Guide guide
                                ? new StoredCommand(
                                        command.number(),
                                        new Command.Guide(seals.open(Place.of(run, GUIDANCE), guide.text())),
                                        command.at())
                                : command)
                        .toList();
    }

    List<IterationRecord> iterations(RunId run, List<IterationRecord> iterations) {
        return opened(run, iterations, RecordTexts::iteration);
    }

    List<AttemptRecord> attempts(RunId run, List<AttemptRecord> attempts) {
        return opened(run, attempts, RecordTexts::attempt);
    }

    List<GateRecord> gates(RunId run, List<GateRecord> gates) {
        return opened(run, gates, RecordTexts::gate);
    }

    private <T> List<T> opened(RunId run, List<T> records, BiFunction<RecordTexts, T, T> open) {
        if (seals == null) {
            return records;
        }
        RecordTexts texts = new RecordTexts((name, text) -> seals.open(Place.of(run, name), text));
        return records.stream().map(one -> open.apply(texts, one)).toList();
    }

    /** As found: with its detail if that opens. */
    private RunSnapshot listed(RunSnapshot snapshot) {
        try {
            return clear(snapshot);
        } catch (ContentUnreadableException e) {
            return withDetail(snapshot, UNREADABLE);
        }
    }

    private RunSnapshot clear(RunSnapshot snapshot) {
        String detail = snapshot.detail();
        return seals == null || detail == null
                ? snapshot
                : withDetail(snapshot, seals.open(Place.of(snapshot.id(), DETAIL), detail));
    }

    private static RunSnapshot withDetail(RunSnapshot run, String detail) {
        return new RunSnapshot(
                run.id(),
                run.taskId(),
                run.tenant(),
                run.subject(),
                run.labels(),
                run.agents(),
                run.status(),
                run.reason(),
                run.verification(),
                detail,
                run.progress(),
                run.createdAt(),
                run.updatedAt(),
                run.startedAt(),
                run.completedAt(),
                run.wakeAt(),
                run.owner(),
                run.version());
    }

    private StoredEvent stored(@Nullable DataKey key, RunId run, StoredEvent event) {
        return new StoredEvent(
                event.seq(),
                event.type(),
                event.at(),
                stored(key, run, event(event.seq(), event.type()), event.payload()));
    }

    private Payload stored(@Nullable DataKey key, RunId run, String name, Payload payload) {
        return seals == null || key == null
                ? payload
                : new Payload(
                        payload.version(),
                        seals.seal(key, Place.of(run, versioned(name, payload.version())), payload.bytes()));
    }

    private String stored(DataKey key, RunId run, String name, String text) {
        return seals == null ? text : seals.seal(key, Place.of(run, name), text);
    }

    private Payload clear(RunId run, String name, Payload payload) {
        return seals == null
                ? payload
                : new Payload(
                        payload.version(),
                        seals.open(Place.of(run, versioned(name, payload.version())), payload.bytes()));
    }
}
