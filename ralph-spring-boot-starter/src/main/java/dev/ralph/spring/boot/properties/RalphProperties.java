/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.spring.boot.properties;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.convert.DurationUnit;

/**
 * What the library's core reads. What is null is not set: the library's default counts. Times without a unit are in seconds.
 *
 * @param agent Ids of agents in the order a run that names none tries them; the rest follow.
 * @param maxIterations Iterations of a run that names no limits, 1 to 1000000.
 * @param maxRuntime Time a run that names no limits may take, waits included.
 * @param maxTokens Tokens of all kinds that a run that names no limits may use.
 * @param maxCost US dollars that a run that names no limits may cost.
 * @param node Name of this node, unique among those that share a store.
 * @param maxParallelRuns Runs at work at once on this node; the rest queue.
 * @param versionControl Whether git is used in workspaces: auto, git or none.
 * @param workspaceTimeout How long one git command may take, or one look at the files of a workspace.
 * @param transferTimeout How long one fetch or push of a git workspace may take.
 * @param workspaces Folder of this node's clones of git workspaces.
 * @param workspacesUnusedDays Days after which a clone is deleted that its run did not come back to.
 * @param gitSecrets Which secret may be sent to which git hosts, as NAME@host.
 * @param config A properties file of the library's; what stands here and in the environment goes before it.
 * @param secretsDir Folder of files, each named for a secret and holding its value.
 * @param redactPatterns Whether what has the shape of a secret is masked, beside the secrets that are known.
 * @param observeContent Whether observations show prompts and results, with secrets masked.
 * @param store Where runs are kept: memory, jdbc, or the id of another store on the class path. By default jdbc if
 *     ralph-store-jdbc is on the class path and the application has a data source, else memory.
 * @param memoryEndedRuns How many ended runs the store memory keeps.
 * @param dispatcher Who shares out the work: local, db-scheduler, or submit-only for a node that works no runs. By default
 *     db-scheduler on PostgreSQL, else local.
 * @param cache Where what people read is cached: none, memory, redis, or the id of another cache on the class path.
 * @param cacheTtl How old what people read of a run may be, 1 s to 1 h.
 * @param cacheListTtl How old a listing may be, 1 s to 1 h.
 * @param cacheCostTtl How old sums of costs may be, 1 s to 1 h.
 * @param cacheProbeTtl How old what agents say of themselves may be, 1 s to 1 h.
 * @param artifacts Where full outputs are kept: none, file, or the id of another artifact store on the class path. By default
 *     file if ralph.artifacts-dir is set, else none.
 * @param artifactsDir Folder of the artifact store file.
 * @param artifactsMaxMb How much of each full output is kept, in megabytes, 1 to 100000.
 * @param artifactsRetentionDays Days that full outputs are kept.
 * @param encryptionKey Keys that content is encrypted under, in base64, separated by commas; best a secret named
 *     ENCRYPTION_KEY.
 * @param encryptionAcceptClear Whether content from before there were keys is read.
 */
@ConfigurationProperties("ralph")
public record RalphProperties(
        @Nullable List<String> agent,
        @Nullable Integer maxIterations,
        @DurationUnit(ChronoUnit.SECONDS) @Nullable Duration maxRuntime,
        @Nullable Long maxTokens,
        @Nullable BigDecimal maxCost,
        @Nullable String node,
        @Nullable Integer maxParallelRuns,
        @Nullable String versionControl,
        @DurationUnit(ChronoUnit.SECONDS) @Nullable Duration workspaceTimeout,
        @DurationUnit(ChronoUnit.SECONDS) @Nullable Duration transferTimeout,
        @Nullable String workspaces,
        @Nullable Integer workspacesUnusedDays,
        @Nullable List<String> gitSecrets,
        @Nullable String config,
        @Nullable String secretsDir,
        @Nullable Boolean redactPatterns,
        @Nullable Boolean observeContent,
        @Nullable String store,
        @Nullable Integer memoryEndedRuns,
        @Nullable String dispatcher,
        @Nullable String cache,
        @DurationUnit(ChronoUnit.SECONDS) @Nullable Duration cacheTtl,
        @DurationUnit(ChronoUnit.SECONDS) @Nullable Duration cacheListTtl,
        @DurationUnit(ChronoUnit.SECONDS) @Nullable Duration cacheCostTtl,
        @DurationUnit(ChronoUnit.SECONDS) @Nullable Duration cacheProbeTtl,
        @Nullable String artifacts,
        @Nullable String artifactsDir,
        @Nullable Integer artifactsMaxMb,
        @Nullable Integer artifactsRetentionDays,
        @LibraryName("ENCRYPTION_KEY") @Nullable String encryptionKey,
        @LibraryName("ENCRYPTION_ACCEPT_CLEAR") @Nullable Boolean encryptionAcceptClear) {

    /** Without the values: one is a key. */
    @Override
    public String toString() {
        return "RalphProperties[store=" + store + ", dispatcher=" + dispatcher + ", cache=" + cache + "]";
    }
}
