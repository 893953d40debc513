/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.engine;

import dev.ralph.AgentRef;
import dev.ralph.BudgetLimit;
import dev.ralph.ConfigurationException;
import dev.ralph.InvalidPromptException;
import dev.ralph.InvalidValueException;
import dev.ralph.Limits;
import dev.ralph.OrchestratorClosedException;
import dev.ralph.Prompt;
import dev.ralph.RunSpec;
import dev.ralph.internal.worker.PromptText;
import dev.ralph.internal.worker.WorkerServices;
import dev.ralph.internal.workspace.TaskMarker;
import dev.ralph.internal.workspace.Workspace;
import dev.ralph.spi.WorkspaceSource;
import java.nio.file.Path;
import java.util.Optional;

/** Refuses a run that could not be worked, before anything of it is stored. */
final class SubmissionCheck {

    private final WorkerServices services;

    SubmissionCheck(WorkerServices services) {
        this.services = services;
    }

    void check(RunSpec spec) {
        for (AgentRef agent : spec.agents()) {
            if (services.agents().find(agent.id()).isEmpty()) {
                throw new ConfigurationException("agent '" + agent.id() + "' is not registered; there are "
                        + services.agents().ids());
            }
        }
        spec.gates().forEach(services.gates()::build);
        spec.budgets().forEach(budget -> checkBudget(spec.limits(), budget));
        checkWorkspace(spec);
    }

    private void checkBudget(Limits limits, String name) {
        BudgetLimit budget = services.store()
                .budget(name)
                .orElseThrow(() -> new InvalidValueException("budget", name, "does not exist; define it first"))
                .limit();
        boolean reservesCost = limits.maxCost() != null || limits.reservedCost() != null;
        boolean reservesTokens = limits.maxTokens() != null || limits.reservedTokens() != null;
        if ((budget.maxCost() != null && !reservesCost) || (budget.maxTokens() != null && !reservesTokens)) {
            throw new InvalidValueException(
                    "budget",
                    name,
                    "needs to know what to set aside for an attempt of this run; give the run a limit or a reservation"
                            + " of what the budget limits (maxCost or reservedCost, maxTokens or reservedTokens)");
        }
    }

    private void checkWorkspace(RunSpec spec) {
        try {
            WorkspaceSource source = services.workspaces().sources().of(spec.workspace());
            if (source.moves() && spec.checkpoints().every() != 1) {
                throw new InvalidValueException(
                        "checkpoints.every",
                        spec.checkpoints().every(),
                        "must be 1 in a workspace that may move between nodes: another node goes on from the last"
                                + " checkpoint; leave the checkpoint policy as it is without a call");
            }
            Optional<Path> there = source.check(spec.workspace());
            if (there.isEmpty()) {
                return;
            }
            Workspace workspace = services.workspaces().open(there.get());
            String task = PromptText.read(spec, workspace.directory());
            if (spec.prompt() instanceof Prompt.File file && TaskMarker.taskMarkedComplete(task)) {
                throw new InvalidPromptException("the prompt file " + file.path()
                        + " has a line '- [x] TASK_COMPLETE' already, so the first iteration would complete the run;"
                        + " change it to '- [ ] TASK_COMPLETE'");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OrchestratorClosedException("the thread was interrupted while the workspace was checked", e);
        }
    }
}
