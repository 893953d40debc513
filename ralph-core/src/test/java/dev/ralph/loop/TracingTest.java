/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.loop;

import static dev.ralph.loop.Playground.result;
import static dev.ralph.loop.Playground.task;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ralph.CheckpointPolicy;
import dev.ralph.Limits;
import dev.ralph.Orchestrator;
import dev.ralph.OrchestratorBuilder;
import dev.ralph.Run;
import dev.ralph.RunSpec;
import dev.ralph.RunSpecBuilder;
import dev.ralph.StopReason;
import dev.ralph.agent.CommandAgentProvider;
import dev.ralph.gate.CommandGate;
import dev.ralph.loop.OtlpReceiver.Exported;
import dev.ralph.spi.AgentOutcome;
import dev.ralph.spi.StintEnd;
import dev.ralph.spi.UsageReport;
import dev.ralph.store.InMemoryStore;
import io.opentelemetry.api.baggage.Baggage;
import io.opentelemetry.context.Scope;
import io.opentelemetry.proto.trace.v1.Span;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Traces as an OpenTelemetry SDK exports them to a collector, and as agents' processes find them in their environment. */
class TracingTest {

    private static final String SHOWS_ITS_TRACE =
            "cat >>\"$PLAY/prompt\"; env >>\"$PLAY/environment\"; echo edit >>edit; echo canary-output; ";

    @RegisterExtension
    final Playground play = new Playground();

    private OtlpReceiver receiver;
    private TracingHost host;

    @BeforeEach
    void openCollector() throws Exception {
        receiver = play.closing(new OtlpReceiver());
        host = play.closing(new TracingHost("host", receiver));
    }

    @Test
    void theAgentsProcessIsPartOfTheTraceOfWhoeverSubmittedTheRun() throws Exception {
        Path workspace = play.repository("work");
        Orchestrator ralph = start(SHOWS_ITS_TRACE + "echo LOOP_COMPLETE");
        CommandGate gate = CommandGate.of(
                        List.of("sh", "-c", "echo \"$TRACEPARENT\" >>'" + play.file("gate") + "'; test -e edit"))
                .withName("looks");

        Run run = host.within(
                "request",
                () -> ralph.submit(prompted("canary-prompt", workspace)
                        .checkpoints(CheckpointPolicy.EVERY_ITERATION)
                        .gate(gate)
                        .build()));
        assertThat(result(run).reason()).isEqualTo(StopReason.COMPLETED);
        ralph.close();
        host.flush();

        Exported request = receiver.only("request");
        Exported submission = receiver.only("submit ralph");
        Exported workflow = receiver.only("invoke_workflow ralph");
        Exported agent = receiver.only("invoke_agent scripted");
        Exported checked = receiver.only("gate command");
        assertThat(submission.parent()).isEqualTo(request.id());
        assertThat(workflow.parent()).isEqualTo(submission.id());
        assertThat(agent.parent()).isEqualTo(workflow.id());
        assertThat(checked.parent()).isEqualTo(workflow.id());
        assertThat(receiver.named("checkpoint"))
                .isNotEmpty()
                .allSatisfy(checkpoint -> assertThat(checkpoint.parent()).isEqualTo(workflow.id()));
        assertThat(withoutFlags(variables("TRACEPARENT"))).containsExactly(traceparent(agent));
        assertThat(withoutFlags(play.lines("gate"))).containsExactly(traceparent(checked));
        assertThat(submission.kind()).isEqualTo(Span.SpanKind.SPAN_KIND_PRODUCER);
        assertThat(workflow.kind()).isEqualTo(Span.SpanKind.SPAN_KIND_CONSUMER);
        assertThat(agent.kind()).isEqualTo(Span.SpanKind.SPAN_KIND_CLIENT);
        assertThat(agent.attributes())
                .containsEntry("gen_ai.operation.name", "invoke_agent")
                .containsEntry("gen_ai.agent.name", "scripted")
                .containsEntry("gen_ai.conversation.id", run.id().toString())
                .containsEntry("ralph.iteration", "1")
                .doesNotContainKey("error.type");
        assertThat(workflow.attributes()).containsEntry("ralph.run.status", "COMPLETED");
        assertThat(receiver.spans()).extracting(Exported::trace).containsOnly(request.trace());
        assertThat(receiver.spans()).extracting(Exported::failed).containsOnly(false);
        Set<String> ids = receiver.spans().stream().map(Exported::id).collect(Collectors.toSet());
        assertThat(receiver.spans().stream().filter(span -> !span.name().equals("request")))
                .allSatisfy(span -> assertThat(ids).contains(span.parent()));
        assertThat(play.lines("prompt")).anyMatch(line -> line.contains("canary-prompt"));
        assertThat(receiver.bytes()).contains("invoke_agent").doesNotContain("canary");
    }

    @Test
    void everyAttemptIsASpanOfItsOwn() throws Exception {
        Orchestrator ralph = start(SHOWS_ITS_TRACE + "echo working");

        Run run = ralph.submit(task(play.directory("w"))
                .limits(Limits.builder().maxIterations(3).build())
                .build());
        assertThat(result(run).reason()).isEqualTo(StopReason.MAX_ITERATIONS);
        ralph.close();
        host.flush();

        List<Exported> attempts = receiver.named("invoke_agent scripted");
        assertThat(attempts)
                .extracting(span -> span.attributes().get("ralph.iteration"))
                .containsExactly("1", "2", "3");
        assertThat(withoutFlags(variables("TRACEPARENT")))
                .containsExactlyElementsOf(
                        attempts.stream().map(TracingTest::traceparent).toList());
    }

    @Test
    void anAgentThatFailsIsAnErrorWithoutItsOutput() throws Exception {
        Orchestrator ralph = start("echo canary-output; echo canary-error >&2; exit 3");

        Run run = ralph.submit(prompted("canary-prompt", play.directory("w"))
                .limits(Limits.builder().maxIterations(1).build())
                .build());
        result(run);
        ralph.close();
        host.flush();

        Exported agent = receiver.only("invoke_agent scripted");
        assertThat(agent.failed()).isTrue();
        assertThat(agent.attributes())
                .containsEntry("error.type", "AGENT_ERROR")
                .containsEntry("ralph.outcome", "failed");
        assertThat(agent.status()).isEqualTo("AGENT_ERROR");
        assertThat(receiver.bytes()).doesNotContain("canary");
    }

    @Test
    void workOnAnotherNodeIsPartOfTheSameTrace() throws Exception {
        InMemoryStore store = play.closing(new InMemoryStore(InstantSource.system()));
        TracingHost other = play.closing(new TracingHost("other", receiver));
        DispatcherByHand here = new DispatcherByHand();
        DispatcherByHand there = new DispatcherByHand();
        Orchestrator ralph = play.start(node("here", store, here, host));
        play.start(node("there", store, there, other));

        Run run = host.within(
                "request", () -> ralph.submit(task(play.directory("w")).build()));
        assertThat(there.work(run.id())).isInstanceOf(StintEnd.Over.class);
        host.flush();
        other.flush();

        Exported submission = receiver.only("submit ralph");
        Exported workflow = receiver.only("invoke_workflow ralph");
        assertThat(submission.service()).isEqualTo("host");
        assertThat(workflow.service()).isEqualTo("other");
        assertThat(workflow.parent()).isEqualTo(submission.id());
        assertThat(workflow.attributes()).containsEntry("ralph.node", "there");
        assertThat(receiver.spans()).extracting(Exported::trace).containsOnly(submission.trace());
    }

    @Test
    void aNodeThatDoesNotTraceWorksARunThatIsTraced() throws Exception {
        InMemoryStore store = play.closing(new InMemoryStore(InstantSource.system()));
        DispatcherByHand there = new DispatcherByHand();
        Orchestrator ralph = play.start(node("here", store, new DispatcherByHand(), host));
        play.start(Orchestrator.builder()
                .store(store)
                .dispatcher(there)
                .node("there")
                .agent(new InProcessAgent("scripted", (invocation, listener) -> {
                    assertThat(invocation.environment()).isEmpty();
                    return new AgentOutcome.Finished("LOOP_COMPLETE", false, UsageReport.UNKNOWN);
                })));

        Run run = ralph.submit(task(play.directory("w")).build());

        assertThat(there.work(run.id())).isInstanceOf(StintEnd.Over.class);
        assertThat(result(run).reason()).isEqualTo(StopReason.COMPLETED);
    }

    @Test
    void baggageReachesNeitherTheAgentNorTheStore() throws Exception {
        InMemoryStore store = play.closing(new InMemoryStore(InstantSource.system()));
        Orchestrator ralph = play.start(play.orchestrator(SHOWS_ITS_TRACE + "echo LOOP_COMPLETE")
                .store(store)
                .observationRegistry(host.registry()));

        Run run;
        try (Scope scope = Baggage.builder().put("user", "somebody").build().makeCurrent()) {
            assertThat(scope).isNotNull();
            run = ralph.submit(task(play.directory("w")).build());
        }
        result(run);

        assertThat(variables("TRACEPARENT")).hasSize(1);
        assertThat(variables("BAGGAGE")).isEmpty();
        String spec = new String(store.find(run.id()).orElseThrow().spec().bytes(), StandardCharsets.UTF_8);
        assertThat(spec).contains("traceparent").doesNotContain("somebody");
    }

    @Test
    void whatTheAgentIsSetUpWithCountsMoreThanTheTrace() throws Exception {
        CommandAgentProvider agent = play.agent("scripted", SHOWS_ITS_TRACE + "echo LOOP_COMPLETE")
                .variable("TRACEPARENT", "its own")
                .build();
        Orchestrator ralph = play.start(Orchestrator.builder().agent(agent).observationRegistry(host.registry()));

        result(ralph.submit(task(play.directory("w")).build()));

        assertThat(variables("TRACEPARENT")).containsExactly("its own");
    }

    private Orchestrator start(String script) {
        return play.start(play.orchestrator(script).observationRegistry(host.registry()));
    }

    private static OrchestratorBuilder node(
            String name, InMemoryStore store, DispatcherByHand dispatcher, TracingHost tracing) {
        return Orchestrator.builder()
                .store(store)
                .dispatcher(dispatcher)
                .node(name)
                .observationRegistry(tracing.registry())
                .agent(new InProcessAgent("scripted", (invocation, listener) -> {
                    assertThat(invocation.environment()).containsKey("TRACEPARENT");
                    return new AgentOutcome.Finished("LOOP_COMPLETE", false, UsageReport.UNKNOWN);
                }));
    }

    private static RunSpecBuilder prompted(String prompt, Path workspace) {
        return Playground.quick(RunSpec.prompt(prompt).workspace(workspace).agent("scripted"));
    }

    private List<String> variables(String name) throws Exception {
        return play.lines("environment").stream()
                .filter(line -> line.startsWith(name + "="))
                .map(line -> line.substring(name.length() + 1))
                .toList();
    }

    /** But for the flags, of which newer SDKs set more than the one that says it is sampled. */
    private static String traceparent(Exported span) {
        return "00-" + span.trace() + "-" + span.id();
    }

    private static List<String> withoutFlags(List<String> parents) {
        return parents.stream()
                .map(parent -> parent.substring(0, parent.lastIndexOf('-')))
                .toList();
    }
}
