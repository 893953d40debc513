/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.spring.catalog;

import dev.ralph.ConfigurationException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * What the administrator sets up. Clients name workspaces, agents and gate sets by the keys of these maps and by nothing
 * else.
 *
 * @param home the data folder of this host
 * @param workspaceRoot the folder every workspace on this host is in; nothing outside it is ever a workspace
 * @param demo whether a workspace to try things out is made at the first start
 * @param workspaces where runs may work, by name
 * @param agents who may work, by name, in the order they are tried in
 * @param gates sets of checks, by name
 * @param ceilings what no request can exceed
 * @param requests bounds of requests
 * @param followers bounds of event streams
 */
@ConfigurationProperties("host")
public record HostProperties(
        Path home,
        Path workspaceRoot,
        @DefaultValue("true") boolean demo,
        @DefaultValue Map<String, Workspace> workspaces,
        @DefaultValue Map<String, Agent> agents,
        @DefaultValue Map<String, GateSet> gates,
        @DefaultValue Ceilings ceilings,
        @DefaultValue Requests requests,
        @DefaultValue Followers followers) {

    private static final String POSITIVE = "more than 0";

    /**
     * A place to work in: either a folder or a git remote.
     *
     * @param path a folder, relative to the root or below it
     * @param git a git remote without credentials, which each node clones for itself
     * @param branch the branch of the remote to begin from; its default branch without this
     * @param directory the folder in the clone to work in; its top without this
     * @param secret the name of the secret that is the password or token for the remote
     * @param username the user that goes with the secret
     * @param tenants who may use it; {@code *} is everybody
     */
    public record Workspace(
            @Nullable Path path,
            @Nullable String git,
            @Nullable String branch,
            @Nullable String directory,
            @Nullable String secret,
            @Nullable String username,
            @DefaultValue List<String> tenants) {}

    /**
     * An agent.
     *
     * @param adapter the id of the adapter that launches it, such as {@code claude}, or that of a command that is set up
     *     under {@code ralph.agents}; its own name without this
     * @param settings settings of the adapter, as its documentation has them
     * @param tenants who may use it; {@code *} is everybody
     */
    public record Agent(
            @Nullable String adapter,
            @DefaultValue Map<String, Object> settings,
            @DefaultValue List<String> tenants) {}

    /**
     * Checks that are run one after the other.
     *
     * @param checks the checks
     * @param tenants who may use it; {@code *} is everybody
     */
    public record GateSet(
            @DefaultValue List<GateCheck> checks,
            @DefaultValue List<String> tenants) {}

    /**
     * A command that must end with exit code 0.
     *
     * @param name how results call it; made from the command without this
     * @param command the program and its arguments
     * @param timeout after which it has rejected
     * @param environment more variables it may inherit
     */
    public record GateCheck(
            @Nullable String name,
            @DefaultValue List<String> command,
            @DefaultValue("10m") Duration timeout,
            @DefaultValue List<String> environment) {}

    /**
     * What no request can exceed; null is no ceiling.
     *
     * @param maxIterations iterations of a run
     * @param maxRuntime runtime of a run
     * @param maxTokens tokens of a run
     * @param maxCost US dollars of a run
     * @param attemptTimeout wall-clock time of an attempt
     * @param idleTimeout time without output
     * @param priority the highest priority, and negated the lowest
     * @param startDelay the longest delay before the first attempt
     */
    public record Ceilings(
            @Nullable Integer maxIterations,
            @Nullable Duration maxRuntime,
            @Nullable Long maxTokens,
            @Nullable BigDecimal maxCost,
            @Nullable Duration attemptTimeout,
            @Nullable Duration idleTimeout,
            @DefaultValue("10") int priority,
            @DefaultValue("7d") Duration startDelay) {

        /** Checks them. */
        public Ceilings {
            require(maxIterations == null || maxIterations > 0, "ceilings.max-iterations", maxIterations, POSITIVE);
            require(maxRuntime == null || isPositive(maxRuntime), "ceilings.max-runtime", maxRuntime, POSITIVE);
            require(maxTokens == null || maxTokens > 0, "ceilings.max-tokens", maxTokens, POSITIVE);
            require(maxCost == null || maxCost.signum() > 0, "ceilings.max-cost", maxCost, POSITIVE);
            require(
                    attemptTimeout == null || isPositive(attemptTimeout),
                    "ceilings.attempt-timeout",
                    attemptTimeout,
                    POSITIVE);
            require(idleTimeout == null || isPositive(idleTimeout), "ceilings.idle-timeout", idleTimeout, POSITIVE);
            require(priority >= 0, "ceilings.priority", priority, "0 or more");
            require(!startDelay.isNegative(), "ceilings.start-delay", startDelay, "0 or more");
        }
    }

    /**
     * Bounds of requests.
     *
     * @param maxBody bytes of a body at most
     * @param bodyTimeout how long a body may take to arrive
     * @param bodies bodies that are being read at once at most; each takes a thread while it arrives
     * @param bodiesPerCaller of them for one caller
     * @param outputs full outputs that are sent at once at most; each takes a thread
     * @param outputsPerCaller of them for one caller
     * @param outputTimeout how long one may take to be sent
     */
    public record Requests(
            @DefaultValue("1MB") DataSize maxBody,
            @DefaultValue("20s") Duration bodyTimeout,
            @DefaultValue("64") int bodies,
            @DefaultValue("16") int bodiesPerCaller,
            @DefaultValue("32") int outputs,
            @DefaultValue("8") int outputsPerCaller,
            @DefaultValue("10m") Duration outputTimeout) {

        /** Checks them. */
        public Requests {
            require(maxBody.toBytes() > 0, "requests.max-body", maxBody, POSITIVE);
            require(isPositive(bodyTimeout), "requests.body-timeout", bodyTimeout, POSITIVE);
            require(bodies > 0, "requests.bodies", bodies, POSITIVE);
            require(bodiesPerCaller > 0, "requests.bodies-per-caller", bodiesPerCaller, POSITIVE);
            require(outputs > 0, "requests.outputs", outputs, POSITIVE);
            require(outputsPerCaller > 0, "requests.outputs-per-caller", outputsPerCaller, POSITIVE);
            require(isPositive(outputTimeout), "requests.output-timeout", outputTimeout, POSITIVE);
        }
    }

    /**
     * Bounds of event streams.
     *
     * @param max streams at once on this node
     * @param perCaller of them for one caller
     * @param runs runs that are followed at once on this node; each takes a thread
     * @param tenantShare the part of streams and of followed runs that one tenant may have, more than 0 and at most 1
     * @param heartbeat how often a comment shows that a stream is alive
     * @param maxDuration after which a stream ends, and the client goes on with its last event; so withdrawn keys end, too
     */
    public record Followers(
            @DefaultValue("1000") int max,
            @DefaultValue("600") int perCaller,
            @DefaultValue("250") int runs,
            @DefaultValue("0.8") double tenantShare,
            @DefaultValue("15s") Duration heartbeat,
            @DefaultValue("1h") Duration maxDuration) {

        /** Checks them. */
        public Followers {
            require(max > 0, "followers.max", max, POSITIVE);
            require(perCaller > 0, "followers.per-caller", perCaller, POSITIVE);
            require(runs > 0, "followers.runs", runs, POSITIVE);
            require(
                    tenantShare > 0 && tenantShare <= 1,
                    "followers.tenant-share",
                    tenantShare,
                    "more than 0 and at most 1");
            // The time between heartbeats is counted in milliseconds.
            require(heartbeat.toMillis() > 0, "followers.heartbeat", heartbeat, "1ms or more");
            require(maxDuration.toMillis() > 0, "followers.max-duration", maxDuration, "1ms or more");
        }
    }

    private static boolean isPositive(Duration duration) {
        return duration.compareTo(Duration.ZERO) > 0;
    }

    private static void require(boolean holds, String property, @Nullable Object value, String rule) {
        if (!holds) {
            throw new ConfigurationException("host." + property + " is " + value + "; it must be " + rule);
        }
    }
}
