/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.spring.run;

import dev.ralph.CheckpointRecord;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;

/**
 * A state of the workspace one can go back to.
 *
 * @param number its number, from 0: the state before the first attempt
 * @param iteration the last iteration in it
 * @param commit the id of the commit
 * @param at when it was made
 */
@Schema(name = "Checkpoint")
public record CheckpointView(int number, int iteration, String commit, Instant at) {

    static CheckpointView of(CheckpointRecord checkpoint) {
        return new CheckpointView(checkpoint.number(), checkpoint.iteration(), checkpoint.commit(), checkpoint.at());
    }
}
