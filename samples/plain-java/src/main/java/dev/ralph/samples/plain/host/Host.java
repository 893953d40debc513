/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.plain.host;

import dev.ralph.Actor;
import dev.ralph.ArtifactException;
import dev.ralph.Orchestrator;
import dev.ralph.OrchestratorBuilder;
import dev.ralph.Run;
import dev.ralph.RunId;
import dev.ralph.RunNotFoundException;
import dev.ralph.RunStateException;
import dev.ralph.StoreException;
import dev.ralph.artifact.FileArtifactStoreProvider;
import dev.ralph.samples.plain.log.Logs;
import dev.ralph.spi.ArtifactStore;
import dev.ralph.store.InMemoryStore;
import dev.ralph.store.jdbc.DbSchedulerDispatcher;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An orchestrator over the user's runs. */
public final class Host implements AutoCloseable {

    /** What a run that has just ended may take to give its workspace back. */
    private static final Duration LAST_STEPS = Duration.ofSeconds(5);

    /**
     * Long, since processes that share a file wait for each other, stopped ones included. Nobody waits for the lease of a
     * process of this host that died: {@link HomeStoreProvider} cuts it.
     */
    private static final Duration LEASE = Duration.ofMinutes(1);

    static final Duration KILL_MARGIN = Duration.ofSeconds(7);

    private static final String STORE = "RALPH_STORE";
    private static final String ARTIFACTS = "RALPH_ARTIFACTS";
    private static final String DISPATCHER = "RALPH_DISPATCHER";

    /** Works runs in this process, whatever else is configured: joining the queue is what a worker does. */
    private static final String LOCAL = "local";

    /** Where nothing else is configured. */
    private static final String KEEP_OUTPUTS_DAYS = "30";

    private static final Logger LOG = LoggerFactory.getLogger(Host.class);

    private final Orchestrator orchestrator;
    private final Orchestrator used;
    private final Nodes nodes;
    private final Nodes.@Nullable Membership membership;
    private final BooleanSupplier hasQueue;

    private Host(
            Orchestrator orchestrator, Nodes nodes, Nodes.@Nullable Membership membership, BooleanSupplier hasQueue) {
        this.orchestrator = orchestrator;
        Logs.mask(orchestrator.redaction());
        this.used = orchestrator.as(user());
        this.nodes = nodes;
        this.membership = membership;
        this.hasQueue = hasQueue;
    }

    /**
     * For working on a run in this process: opens the store, and makes it if it is not there.
     *
     * @throws dev.ralph.RalphException if it cannot be
     */
    public static Host open() {
        return join(
                HomeStoreProvider.ID,
                builder -> builder.property(DISPATCHER, LOCAL).leases(LEASE, KILL_MARGIN),
                () -> false);
    }

    /**
     * For commands to runs, whoever works on them: works on none itself.
     *
     * @throws dev.ralph.RalphException if the store cannot be opened
     */
    public static Host commanding() {
        return join(HomeStoreProvider.ID, builder -> builder.dispatcher(new IdleDispatcher()), () -> false);
    }

    /**
     * For giving runs back that have ended: to the workers, if the store has a queue. Works on none itself.
     *
     * @throws dev.ralph.RalphException if the store cannot be opened
     */
    public static Host retrying() {
        QueueIfAny queue = new QueueIfAny();
        return join(HomeStoreProvider.ID, builder -> builder.dispatcher(queue), queue::isThere);
    }

    /**
     * For queueing runs that workers take up.
     *
     * @throws dev.ralph.ConfigurationException if no PostgreSQL is configured, or it does not let this user in
     * @throws dev.ralph.RalphException if it cannot be opened
     */
    public static Host queueing() {
        return join(
                ClusterStoreProvider.ID, builder -> builder.dispatcher(DbSchedulerDispatcher.submitting()), () -> true);
    }

    /**
     * For a worker: takes runs from the queue as soon as this returns. Leases are the library's, much shorter than those of
     * a process that shares a file, so that others take over quickly.
     *
     * @param queue not started yet; closed by the caller, after this
     * @param configure what else the worker sets
     * @throws dev.ralph.ConfigurationException if no PostgreSQL is configured, or it does not let this user in
     * @throws dev.ralph.RalphException if it cannot be opened
     */
    static Host working(ClusterDispatcher queue, Consumer<OrchestratorBuilder> configure) {
        return join(ClusterStoreProvider.ID, builder -> configure.accept(builder.dispatcher(queue)), () -> true);
    }

    private static Host join(String store, Consumer<OrchestratorBuilder> configure, BooleanSupplier hasQueue) {
        Nodes nodes = nodes();
        Nodes.Membership membership = nodes.join();
        try {
            OrchestratorBuilder builder = builder(store)
                    .defaultProperty(
                            FileArtifactStoreProvider.DIRECTORY,
                            home().artifacts().toString())
                    .node(membership.node());
            configure.accept(builder);
            Host host = new Host(builder.build(), nodes, membership, hasQueue);
            host.maintain();
            return host;
        } catch (RuntimeException e) {
            membership.close();
            throw e;
        }
    }

    /**
     * For looking at runs: makes nothing that is not there.
     *
     * @throws dev.ralph.RalphException if the store cannot be opened
     */
    public static Host reading() {
        OrchestratorBuilder builder = existing().dispatcher(new IdleDispatcher());
        return new Host(builder.build(), nodes(), null, () -> false);
    }

    private static OrchestratorBuilder existing() {
        OrchestratorBuilder builder = builder(ExistingRunsProvider.ID);
        Path artifacts = home().artifacts();
        return Files.isDirectory(artifacts)
                ? builder.defaultProperty(FileArtifactStoreProvider.DIRECTORY, artifacts.toString())
                : builder;
    }

    /**
     * For looking whether runs could be worked on here: works on none, and makes nothing that is not there. A database that
     * cannot be opened is a finding.
     *
     * @throws dev.ralph.ConfigurationException if what is configured cannot be used
     */
    public static Host probing() {
        try {
            OrchestratorBuilder builder = existing().dispatcher(new StandbyDispatcher());
            return new Host(builder.build(), nodes(), null, () -> false);
        } catch (StoreException e) {
            OrchestratorBuilder without = withoutStore()
                    .dispatcher(new StandbyDispatcher())
                    .healthProbe(new LostDatabase(String.valueOf(e.getMessage())));
            return new Host(without.build(), nodes(), null, () -> false);
        }
    }

    /** For what needs no runs. */
    public static Host withoutRuns() {
        return new Host(withoutStore().dispatcher(new IdleDispatcher()).build(), nodes(), null, () -> false);
    }

    private static OrchestratorBuilder withoutStore() {
        return Orchestrator.builder()
                .store(new InMemoryStore(InstantSource.system()))
                .property(ARTIFACTS, "none");
    }

    /** As the user of this process uses it: what is done by it is audited as theirs. */
    public Orchestrator orchestrator() {
        return used;
    }

    /** The orchestrator itself, for closing it. */
    Orchestrator owned() {
        return orchestrator;
    }

    /** Whether workers take up what this host queues. */
    public boolean hasQueue() {
        return hasQueue.getAsBoolean();
    }

    /**
     * The run with this id.
     *
     * @throws dev.ralph.InvalidValueException if the text is not an id
     * @throws RunNotFoundException if there is no such run
     */
    public Run run(String id) {
        RunId parsed = RunId.parse(id);
        return used.find(parsed)
                .orElseThrow(() ->
                        new RunNotFoundException("there is no run " + parsed + "; 'ralph list' shows those there are"));
    }

    /**
     * Checks that no other process of this host works on a run.
     *
     * @throws RunStateException if one does
     */
    void requireFree(Run run) {
        String owner = run.snapshot().owner();
        if (owner != null) {
            nodes.processOf(owner).ifPresent(process -> {
                throw new RunStateException("run " + run.id() + " is worked on by another process, " + process
                        + "; wait for its end, stop it there with Ctrl-C, or watch it: "
                        + ProgramName.with("events " + run.id() + " --follow"));
            });
        }
    }

    /** The node of another host that has a run, dead or alive; null if there is none. */
    @Nullable String ownerElsewhere(Run run) {
        String owner = run.snapshot().owner();
        return owner == null || nodes.isOfThisHost(owner) ? null : owner;
    }

    @Override
    public void close() {
        try {
            orchestrator.close(LAST_STEPS);
        } finally {
            if (membership != null) {
                membership.close();
            }
        }
    }

    private static OrchestratorBuilder builder(String store) {
        return Orchestrator.builder()
                .property(STORE, store)
                .defaultProperty(FileArtifactStoreProvider.RETENTION_DAYS, KEEP_OUTPUTS_DAYS);
    }

    /** Deletes full outputs that are past their retention. */
    void maintain() {
        try {
            orchestrator.artifacts().ifPresent(ArtifactStore::maintain);
        } catch (ArtifactException e) {
            LOG.warn("Old outputs could not be deleted; the next process tries again: {}", e.getMessage());
        }
    }

    private static Actor user() {
        String name = System.getProperty("user.name", "");
        return Actor.of("os:" + (name.isBlank() ? "unknown" : name));
    }

    private static Nodes nodes() {
        return new Nodes(home().nodes());
    }

    private static RalphHome home() {
        return RalphHome.find(System.getProperties(), System::getenv);
    }
}
