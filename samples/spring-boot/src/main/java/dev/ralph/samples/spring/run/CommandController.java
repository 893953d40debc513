/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.spring.run;

import dev.ralph.RollbackReport;
import dev.ralph.Run;
import dev.ralph.samples.spring.access.Caller;
import dev.ralph.samples.spring.web.InvalidRequestException;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Takes commands to runs. They are durable once the answer is there; whichever node works on the run carries them out. */
@RestController
@RequestMapping("/api/v1/runs/{id}")
@Tag(name = "commands")
@ApiResponse(responseCode = "409", ref = "Problem")
public final class CommandController {

    private final TenantRuns runs;
    private final SlowRequests slow;

    CommandController(TenantRuns runs, SlowRequests slow) {
        this.runs = runs;
        this.slow = slow;
    }

    /**
     * Guidance.
     *
     * @param text what the agent is told at its next iteration
     */
    public record Guidance(
            @Schema(requiredMode = Schema.RequiredMode.REQUIRED) @Nullable String text) {

        /** Never the text. */
        @Override
        public String toString() {
            return "Guidance[]";
        }
    }

    /**
     * Where to go back to.
     *
     * @param checkpoint the number of the checkpoint
     */
    public record Rollback(
            @Schema(requiredMode = Schema.RequiredMode.REQUIRED, example = "1") @Nullable Integer checkpoint) {}

    /**
     * What a rollback did.
     *
     * @param checkpoint the checkpoint the workspace was restored to
     * @param before the commit that holds the state before
     * @param changedFiles files written or removed
     * @param kept paths left as they were although the checkpoint differs
     */
    public record RolledBack(int checkpoint, String before, int changedFiles, List<String> kept) {

        static RolledBack of(RollbackReport report) {
            return new RolledBack(report.checkpoint(), report.before(), report.changedFiles(), report.kept());
        }
    }

    @PostMapping(value = "/guide", consumes = MediaType.APPLICATION_JSON_VALUE)
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(summary = "Tell the agent something at its next iteration")
    RunView guide(@Parameter(hidden = true) Caller caller, @PathVariable String id, @RequestBody Guidance body) {
        if (body.text() == null) {
            throw new InvalidRequestException("text", "is required");
        }
        TenantRuns.Found found = runs.find(caller, id);
        found.run().guide(body.text());
        return shown(found);
    }

    @PostMapping("/pause")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(summary = "Pause once the iteration in flight has ended")
    RunView pause(@Parameter(hidden = true) Caller caller, @PathVariable String id) {
        TenantRuns.Found found = runs.find(caller, id);
        found.run().pause();
        return shown(found);
    }

    @PostMapping("/resume")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(summary = "Go on after a pause")
    RunView resume(@Parameter(hidden = true) Caller caller, @PathVariable String id) {
        TenantRuns.Found found = runs.find(caller, id);
        found.run().resume();
        return shown(found);
    }

    @PostMapping("/cancel")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(summary = "Stop the agent at once and end the run")
    RunView cancel(@Parameter(hidden = true) Caller caller, @PathVariable String id) {
        TenantRuns.Found found = runs.find(caller, id);
        found.run().cancel();
        return shown(found);
    }

    @PostMapping("/retry")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(summary = "Go on after the run was given up because its nodes died")
    RunView retry(@Parameter(hidden = true) Caller caller, @PathVariable String id) {
        TenantRuns.Found found = runs.find(caller, id);
        found.run().retry();
        return shown(found);
    }

    @PostMapping(value = "/rollback", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(summary = "Restore the workspace of a run that is paused or has ended to a checkpoint")
    RolledBack rollback(@Parameter(hidden = true) Caller caller, @PathVariable String id, @RequestBody Rollback body) {
        if (body.checkpoint() == null || body.checkpoint() < 0) {
            throw new InvalidRequestException("checkpoint", "must be the number of a checkpoint, 0 or more");
        }
        int checkpoint = body.checkpoint();
        Run run = runs.find(caller, id).run();
        return RolledBack.of(slow.run(caller, () -> run.rollback(checkpoint)));
    }

    private static RunView shown(TenantRuns.Found found) {
        return RunView.of(found.run().snapshot());
    }
}
