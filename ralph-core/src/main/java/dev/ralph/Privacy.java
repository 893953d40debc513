/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph;

import java.io.Writer;
import java.time.Instant;

/**
 * What a host does for the people whose data its runs work on: the subjects that {@link RunSpec#subject} names. Every request
 * is told to the audit trail, one that is refused or fails included, without the subject's name. Thread-safe; every method blocks, for as long as all runs concerned
 * take.
 */
public interface Privacy {

    /**
     * Erases a subject: for all its runs full outputs and checkpoints, as far as this node reaches them, then what the store
     * keeps. What stays is that there were runs, how they ended and what they cost, and the audit trail. What was not reached
     * does not stop it and is in the result, the only place where it can be read afterwards: keep it until somebody has
     * deleted that by hand. The files in workspaces are the host's and are left alone.
     *
     * <p>It cannot be undone. One that failed or was cut off half-way is completed by calling it again, which erases as well
     * what has come since.
     *
     * @throws RunStateException if a run of the subject has not ended, or was told to go on after it had been dead-lettered:
     *     cancel it and wait for its end. If one came while this was at work, outputs and checkpoints of those that had ended may be deleted already
     * @throws StoreException if the store cannot erase; nothing was touched
     * @throws InvalidValueException if the subject is blank
     */
    Erasure erase(String subject);

    /**
     * Writes all that is kept of a subject's runs, as one JSON object a line. Its {@code type} is {@code run}, {@code
     * iteration}, {@code attempt}, {@code gate}, {@code output} (a piece of the full output that {@code reference} names),
     * {@code checkpoint}, {@code command}, {@code event} or {@code audit}: entries on the subject's runs, and those of what it
     * did itself under its name. Times are in ISO 8601, money is decimal text in US dollars. What cannot be read has the
     * reason as {@code unreadable}. The last line has the type {@code end}, and {@code lines}: how many came before it. Without
     * it an export is not whole. Needs memory for a page of runs, iterations and events, and for all gates, checkpoints and
     * commands of one run. Runs that go on meanwhile are written as they are when they are read.
     *
     * @param target is flushed and not closed
     * @return how many lines were written before the last, as that says
     * @throws java.io.UncheckedIOException if the target cannot be written
     * @throws StoreUnavailableException if the store cannot be reached any more; the lines so far are written
     * @throws InvalidValueException if the subject is blank
     */
    long export(String subject, Writer target);

    /**
     * Removes runs that ended before a moment, but dead letters that were told to go on: full outputs and checkpoints, as far
     * as this node reaches them, then all that the store keeps; of dead letters in the other order, since they may be told to go
     * on until the store has removed them. Task ids are free again. The audit trail and what was consumed of shared budgets stay; what was not
     * reached is in the result, as of {@link #erase}. May be called again after it failed.
     *
     * @throws StoreException if the store cannot purge; nothing was touched
     */
    Purge purge(Instant endedBefore);
}
