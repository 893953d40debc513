/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.machine;

import dev.ralph.GateRef;
import dev.ralph.Reservation;
import dev.ralph.spi.Allowance;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What happens next. The worker performs it and applies what came of it. */
public sealed interface Decision {

    <R, X extends Exception> R accept(Visitor<R, X> visitor) throws X;

    /**
     * Launch an agent.
     *
     * @param iteration the iteration
     * @param attempt the attempt within it
     * @param agent the agent
     * @param reservation what is set aside first
     * @param allowance what it may use
     */
    record Invoke(int iteration, int attempt, String agent, Reservation reservation, Allowance allowance)
            implements Decision {
        @Override
        public <R, X extends Exception> R accept(Visitor<R, X> visitor) throws X {
            return visitor.invoke(this);
        }
    }

    /** Run the gates, in order, up to the first that rejects. */
    record Verify(int iteration, List<GateRef> gates) implements Decision {
        @Override
        public <R, X extends Exception> R accept(Visitor<R, X> visitor) throws X {
            return visitor.verify(this);
        }
    }

    /** Checkpoint the workspace under this number. */
    record Checkpoint(int number, int iteration) implements Decision {
        @Override
        public <R, X extends Exception> R accept(Visitor<R, X> visitor) throws X {
            return visitor.checkpoint(this);
        }
    }

    /** Undo half-done edits: restore this commit. */
    record Restore(int number, String commit) implements Decision {
        @Override
        public <R, X extends Exception> R accept(Visitor<R, X> visitor) throws X {
            return visitor.restore(this);
        }
    }

    /**
     * Hold no thread until the time comes, or a command.
     *
     * @param until when to go on, or null: paused, only a command goes on
     * @param detail what for, in words
     */
    record Wait(@Nullable Instant until, String detail) implements Decision {
        @Override
        public <R, X extends Exception> R accept(Visitor<R, X> visitor) throws X {
            return visitor.await(this);
        }
    }

    /** End the run. */
    record Finish(Ending ending) implements Decision {
        @Override
        public <R, X extends Exception> R accept(Visitor<R, X> visitor) throws X {
            return visitor.finish(this);
        }
    }

    /** One method per decision, so that a new one does not compile until it is handled (Java 17 has no such switch). */
    interface Visitor<R, X extends Exception> {
        R invoke(Invoke invoke) throws X;

        R verify(Verify verify) throws X;

        R checkpoint(Checkpoint checkpoint) throws X;

        R restore(Restore restore) throws X;

        R await(Wait wait) throws X;

        R finish(Finish finish) throws X;
    }
}
