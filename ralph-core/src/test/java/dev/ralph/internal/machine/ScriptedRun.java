/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.machine;

import dev.ralph.spi.Command;
import dev.ralph.spi.UsageReport;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Lives a script through, with at most one disturbance at a chosen moment. */
final class ScriptedRun {

    /** What happens to the node that works the run. */
    enum Disturbance {
        /** It is killed, and another takes the run up at once. */
        KILL,
        /** It closes, cutting off an attempt in flight, and another takes the run up at once. */
        CLOSE
    }

    private static final int MOST_MOMENTS = 2000;

    private final Script script;
    private final SimulatedRun run;
    private final Disturbance disturbance;
    private final int disturbed;
    private final UnaryOperator<LoopState> storage;
    private final Set<Integer> told = new HashSet<>();
    private int moment;
    private int attempts;
    private int claims;

    private ScriptedRun(Script script, Disturbance disturbance, int disturbed, UnaryOperator<LoopState> storage) {
        this.script = script;
        this.run = SimulatedRun.begunOnGit(script.spec());
        this.disturbance = disturbance;
        this.disturbed = disturbed;
        this.storage = storage;
    }

    static SimulatedRun undisturbed(Script script) {
        return disturbed(script, Disturbance.KILL, Integer.MAX_VALUE, UnaryOperator.identity());
    }

    /**
     * Lives it through to its end.
     *
     * @param moment when the disturbance happens: there is one before every decision and one in every attempt
     * @param storage what the state goes through at every moment
     */
    static SimulatedRun disturbed(
            Script script, Disturbance disturbance, int moment, UnaryOperator<LoopState> storage) {
        ScriptedRun life = new ScriptedRun(script, disturbance, moment, storage);
        while (!life.run.state().status().isFinal()) {
            life.step();
        }
        return life.run;
    }

    /** How many moments a script has. */
    static int moments(Script script) {
        ScriptedRun life = new ScriptedRun(script, Disturbance.KILL, Integer.MAX_VALUE, UnaryOperator.identity());
        while (!life.run.state().status().isFinal()) {
            life.step();
        }
        return life.moment;
    }

    private void step() {
        if (isDisturbed()) {
            switch (disturbance) {
                case KILL -> run.dies(Duration.ZERO, Duration.ZERO, Metered.partial(UsageReport.UNKNOWN));
                case CLOSE -> run.handBack().takenUp();
            }
        }
        Decision decision = run.next(Decision.class);
        if (decision instanceof Decision.Invoke) {
            attempt();
        } else if (decision instanceof Decision.Verify) {
            run.verify(claims < script.verdicts().size() ? script.verdicts().get(claims) : -1, "no");
            claims++;
        } else if (decision instanceof Decision.Checkpoint) {
            run.checkpoint();
        } else if (decision instanceof Decision.Restore) {
            run.restore();
        } else if (decision instanceof Decision.Wait wait && wait.until() != null) {
            run.sleep();
        } else if (decision instanceof Decision.Wait) {
            run.park();
            run.passes(Duration.ofHours(1)).tell(new Command.Resume()).takenUp();
        } else {
            run.finish();
        }
    }

    private void attempt() {
        Command command = script.commands().get(attempts);
        if (command != null && told.add(attempts)) {
            run.tell(command);
            return;
        }
        run.launch();
        if (isDisturbed()) {
            switch (disturbance) {
                case KILL -> run.dies(Duration.ZERO, Duration.ZERO, Metered.partial(UsageReport.UNKNOWN));
                case CLOSE ->
                    run.cutOff(Outcome.Interruption.SHUTDOWN, Metered.NOTHING)
                            .handBack()
                            .takenUp();
            }
            return;
        }
        Failure failure = script.failures().get(attempts);
        if (failure != null) {
            run.settle(failure);
        } else if (attempts < script.replies().size()) {
            run.settle(script.replies().get(attempts));
        } else {
            run.settle(Reply.says("Worked on part " + attempts * 7919));
        }
        attempts++;
    }

    private boolean isDisturbed() {
        if (moment > MOST_MOMENTS) {
            throw new AssertionError("still going after " + MOST_MOMENTS + " moments: " + run.state());
        }
        run.stored(storage);
        return moment++ == disturbed;
    }
}
