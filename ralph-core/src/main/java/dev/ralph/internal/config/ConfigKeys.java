/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.config;

import java.util.Set;

/** Names of the configuration values core reads. */
public final class ConfigKeys {

    /** Ids of agents in the order a run that names none tries them, separated by commas; the rest follow. {@code auto}: no preference. */
    public static final String AGENT = "RALPH_AGENT";

    public static final String MAX_ITERATIONS = "RALPH_MAX_ITERATIONS";

    /** In seconds. */
    public static final String MAX_RUNTIME = "RALPH_MAX_RUNTIME";

    public static final String MAX_TOKENS = "RALPH_MAX_TOKENS";

    /** In US dollars. */
    public static final String MAX_COST = "RALPH_MAX_COST";

    /** Id of the store. */
    public static final String STORE = "RALPH_STORE";

    /** Id of the artifact store, or {@code none}. Without it {@code file} where there is a folder for it, else none. */
    public static final String ARTIFACTS = "RALPH_ARTIFACTS";

    /** The folder of the artifact store {@code file}. */
    public static final String ARTIFACTS_DIR = "RALPH_ARTIFACTS_DIR";

    /** How much of each full output is kept, in megabytes. */
    public static final String ARTIFACTS_MAX_MB = "RALPH_ARTIFACTS_MAX_MB";

    /** Keys of the store that encrypts; also a secret. Core only looks whether there is one. */
    public static final String ENCRYPTION_KEY = "ENCRYPTION_KEY";

    /** Whether what was kept before it was encrypted is still read: {@code true} or {@code false}, the default. */
    public static final String ENCRYPTION_ACCEPT_CLEAR = "ENCRYPTION_ACCEPT_CLEAR";

    /** Id of the cache, or {@code none}, as without it. */
    public static final String CACHE = "RALPH_CACHE";

    /** How old what people read of a run may be, in seconds. */
    public static final String CACHE_TTL = "RALPH_CACHE_TTL";

    /** How old a listing may be, in seconds. */
    public static final String CACHE_LIST_TTL = "RALPH_CACHE_LIST_TTL";

    /** How old sums of costs may be, in seconds. */
    public static final String CACHE_COST_TTL = "RALPH_CACHE_COST_TTL";

    /** How old what agents say of themselves may be, in seconds. */
    public static final String CACHE_PROBE_TTL = "RALPH_CACHE_PROBE_TTL";

    /** Id of the dispatcher. */
    public static final String DISPATCHER = "RALPH_DISPATCHER";

    /** Name of this node. */
    public static final String NODE = "RALPH_NODE";

    /** Runs at work at once on this node. */
    public static final String MAX_PARALLEL_RUNS = "RALPH_MAX_PARALLEL_RUNS";

    /** Whether git is used in workspaces: {@code auto}, {@code git} or {@code none}. */
    public static final String VERSION_CONTROL = "RALPH_VERSION_CONTROL";

    /** How long one git command may take, in seconds. */
    public static final String WORKSPACE_TIMEOUT = "RALPH_WORKSPACE_TIMEOUT";

    /** A properties file with any of these. */
    public static final String CONFIG = "RALPH_CONFIG";

    /** Whether what has the shape of a secret is masked, beside the secrets that are known. */
    public static final String REDACT_PATTERNS = "RALPH_REDACT_PATTERNS";

    /** Whether prompts and results are shown to the observation registry: {@code true} or {@code false}, the default. */
    public static final String OBSERVE_CONTENT = "RALPH_OBSERVE_CONTENT";

    /** A folder of files, each named for a secret and holding its value. */
    public static final String SECRETS_DIR = "RALPH_SECRETS_DIR";

    /** The port of the health endpoint. */
    public static final String METRICS_PORT = "METRICS_PORT";

    /** The address the health endpoint listens on. */
    public static final String METRICS_HOST = "METRICS_HOST";

    /** Whether the health endpoint serves metrics, where the host has any: {@code true}, the default, or {@code false}. */
    public static final String ENABLE_METRICS = "ENABLE_METRICS";

    /** Set by the process toolkit in agents' environments; not configuration. */
    static final String PROCESS = "RALPH_PROCESS";

    static final Set<String> ALL = Set.of(
            AGENT,
            MAX_ITERATIONS,
            MAX_RUNTIME,
            MAX_TOKENS,
            MAX_COST,
            STORE,
            ARTIFACTS,
            ARTIFACTS_DIR,
            ARTIFACTS_MAX_MB,
            ENCRYPTION_KEY,
            ENCRYPTION_ACCEPT_CLEAR,
            CACHE,
            CACHE_TTL,
            CACHE_LIST_TTL,
            CACHE_COST_TTL,
            CACHE_PROBE_TTL,
            DISPATCHER,
            NODE,
            MAX_PARALLEL_RUNS,
            VERSION_CONTROL,
            WORKSPACE_TIMEOUT,
            CONFIG,
            SECRETS_DIR,
            REDACT_PATTERNS,
            OBSERVE_CONTENT,
            METRICS_PORT,
            METRICS_HOST,
            ENABLE_METRICS,
            PROCESS);

    private ConfigKeys() {}
}
