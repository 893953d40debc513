/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.loop;

import static dev.ralph.loop.Observed.value;
import static dev.ralph.loop.Playground.result;
import static dev.ralph.loop.Playground.task;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ralph.AgentRef;
import dev.ralph.CheckpointPolicy;
import dev.ralph.Cost;
import dev.ralph.FailureClass;
import dev.ralph.Limits;
import dev.ralph.Orchestrator;
import dev.ralph.OrchestratorBuilder;
import dev.ralph.Run;
import dev.ralph.RunSpec;
import dev.ralph.RunSpecBuilder;
import dev.ralph.RunStatus;
import dev.ralph.StopReason;
import dev.ralph.StoreUnavailableException;
import dev.ralph.Usage;
import dev.ralph.gate.CommandGate;
import dev.ralph.observation.AgentObservationContext;
import dev.ralph.observation.RalphKey;
import dev.ralph.observation.RalphObservation;
import dev.ralph.observation.RalphObservationContext;
import dev.ralph.spi.AgentInvocation;
import dev.ralph.spi.AgentOutcome;
import dev.ralph.spi.Gate;
import dev.ralph.spi.Secret;
import dev.ralph.spi.UsageReport;
import dev.ralph.store.InMemoryStore;
import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import io.micrometer.common.docs.KeyName;
import io.micrometer.observation.GlobalObservationConvention;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.tck.TestObservationRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a host's observation registry is shown of the loop, and what it is not. */
class ObservationsTest {

    private static final UsageReport USED =
            new UsageReport(new Usage(10, 20, 300, 4000), Cost.billed(new BigDecimal("0.25")));

    @RegisterExtension
    final Playground play = new Playground();

    private final TestObservationRegistry registry = TestObservationRegistry.create();
    private final Observed observed = new Observed();

    @Test
    void everyObservationHasTheKeysItIsDocumentedWithAndAllOfLowCardinality() throws Exception {
        Run run = checkedRun();

        assertThat(observed.all().stream()
                        .map(context -> ((RalphObservationContext) context).observed())
                        .collect(Collectors.toCollection(() -> EnumSet.noneOf(RalphObservation.class))))
                .isEqualTo(EnumSet.allOf(RalphObservation.class));
        for (Observation.Context context : observed.all()) {
            RalphObservation observation = ((RalphObservationContext) context).observed();
            assertThat(context.getName()).isEqualTo(observation.getName());
            assertThat(keys(context.getLowCardinalityKeyValues()))
                    .as(observation.name())
                    .isEqualTo(names(observation.getLowCardinalityKeyNames()));
            assertThat(names(observation.getHighCardinalityKeyNames()))
                    .as(observation.name())
                    .containsAll(keys(context.getHighCardinalityKeyValues()));
            assertThat(context.getLowCardinalityKeyValues().stream().map(KeyValue::getValue))
                    .as(observation.name())
                    .doesNotContain(run.id().toString(), "1");
        }
        assertThat(registry).doesNotHaveAnyRemainingCurrentObservation();
        assertThat(observed.open()).isZero();
    }

    @Test
    void aRunIsToldByOpenTelemetrysNames() throws Exception {
        Run run = checkedRun();

        Observation.Context workflow = observed.only(RalphObservation.RUN);
        assertThat(workflow.getContextualName()).isEqualTo("invoke_workflow ralph");
        assertThat(keyValues(workflow))
                .containsEntry("gen_ai.operation.name", "invoke_workflow")
                .containsEntry("gen_ai.conversation.id", run.id().toString())
                .containsEntry("ralph.node", "here")
                .containsEntry("ralph.run.status", "COMPLETED")
                .containsEntry("ralph.run.reason", "COMPLETED");
        Observation.Context agent = observed.only(RalphObservation.AGENT);
        assertThat(agent.getContextualName()).isEqualTo("invoke_agent scripted");
        assertThat(keyValues(agent))
                .containsEntry("gen_ai.operation.name", "invoke_agent")
                .containsEntry("gen_ai.provider.name", "scripted")
                .containsEntry("gen_ai.agent.name", "scripted")
                .containsEntry("gen_ai.conversation.id", run.id().toString())
                .containsEntry("gen_ai.usage.input_tokens", "4310")
                .containsEntry("gen_ai.usage.output_tokens", "20")
                .containsEntry("gen_ai.usage.cache_read.input_tokens", "300")
                .containsEntry("gen_ai.usage.cache_creation.input_tokens", "4000")
                .containsEntry("ralph.cost.usd", "0.25")
                .containsEntry("ralph.cost.kind", "BILLED")
                .containsEntry("ralph.iteration", "1")
                .containsEntry("ralph.attempt", "1")
                .containsEntry("ralph.claimed", "true")
                .containsEntry("ralph.outcome", "finished")
                .doesNotContainKeys("error.type", "gen_ai.request.model");
        assertThat(keyValues(observed.only(RalphObservation.GATE)))
                .containsEntry("ralph.gate.type", CommandGate.TYPE)
                .containsEntry("ralph.gate.name", "looks")
                .containsEntry("ralph.outcome", "passed");
        assertThat(observed.of(RalphObservation.CHECKPOINT))
                .isNotEmpty()
                .allSatisfy(checkpoint ->
                        assertThat(value(checkpoint, RalphKey.OUTCOME)).isEqualTo("made"));
        assertThat(value(observed.only(RalphObservation.SUBMISSION), RalphKey.OUTCOME))
                .isEqualTo("created");
    }

    @Test
    void whatIsPartOfARunHasItAsItsParent() throws Exception {
        checkedRun();

        Observation.Context workflow = observed.only(RalphObservation.RUN);
        for (RalphObservation part :
                List.of(RalphObservation.AGENT, RalphObservation.GATE, RalphObservation.CHECKPOINT)) {
            assertThat(observed.of(part))
                    .isNotEmpty()
                    .allSatisfy(context -> assertThat(parent(context)).isSameAs(workflow));
        }
        assertThat(observed.of(RalphObservation.STORE))
                .allSatisfy(call -> assertThat(parent(call)).isNotNull());
        assertThat(observed.of(RalphObservation.STORE).stream()
                        .filter(call -> parent(call) == workflow)
                        .map(call -> value(call, RalphKey.CALL)))
                .contains("commit", "commands")
                .doesNotContain("renew");
    }

    @Test
    void aReadIsObservedOnlyAsPartOfSomethingElse() throws Exception {
        Orchestrator ralph = play.start(
                host((invocation, listener) -> finished("LOOP_COMPLETE")).property("RALPH_CACHE", "memory"));
        Run run = ralph.submit(task(play.directory("w")).build());
        result(run);
        ralph.find(run.id());
        assertThat(observed.of(RalphObservation.CACHE).stream()
                        .filter(call -> "get".equals(value(call, RalphKey.CALL))))
                .isEmpty();

        Observation.createNotStarted("request", registry).observe(() -> {
            ralph.find(run.id());
            ralph.find(run.id());
        });

        assertThat(observed.of(RalphObservation.CACHE).stream()
                        .filter(call -> "get".equals(value(call, RalphKey.CALL)))
                        .map(call -> value(call, RalphKey.REGION) + " " + value(call, RalphKey.OUTCOME)))
                .hasSize(2)
                .last()
                .isEqualTo("runs hit");
    }

    @Test
    void anAgentThatFailsIsAnErrorOfItsKindWithoutItsMessage() throws Exception {
        Orchestrator ralph = play.start(host((invocation, listener) ->
                new AgentOutcome.Failed(FailureClass.NOT_INSTALLED, "canary-message", null, UsageReport.UNKNOWN)));

        Run run = ralph.submit(task(play.directory("w")).build());

        assertThat(result(run).reason()).isEqualTo(StopReason.AGENT_UNAVAILABLE);
        assertThat(run.snapshot().status()).isEqualTo(RunStatus.FAILED);
        ralph.close();
        Observation.Context agent = observed.only(RalphObservation.AGENT);
        assertThat(value(agent, RalphKey.ERROR_TYPE)).isEqualTo("NOT_INSTALLED");
        assertThat(value(agent, RalphKey.OUTCOME)).isEqualTo("failed");
        assertThat(agent.getError()).hasMessage("NOT_INSTALLED").hasNoCause();
        Observation.Context workflow = observed.only(RalphObservation.RUN);
        assertThat(value(workflow, RalphKey.STOP_REASON)).isEqualTo("AGENT_UNAVAILABLE");
        assertThat(value(workflow, RalphKey.ERROR_TYPE)).isEqualTo("AGENT_UNAVAILABLE");
        assertThat(shown()).doesNotContain("canary-message");
    }

    @Test
    void anAdapterThatThrowsIsAnErrorWithoutItsMessage() throws Exception {
        Orchestrator ralph = play.start(host((invocation, listener) -> {
            throw new IllegalStateException("canary-message");
        }));

        assertThat(result(ralph.submit(task(play.directory("w")).build())).reason())
                .isEqualTo(StopReason.INTERNAL_ERROR);
        ralph.close();

        Observation.Context agent = observed.only(RalphObservation.AGENT);
        assertThat(value(agent, RalphKey.OUTCOME)).isEqualTo("broken");
        assertThat(value(agent, RalphKey.ERROR_TYPE)).isEqualTo("INTERNAL_ERROR");
        assertThat(value(observed.only(RalphObservation.RUN), RalphKey.ERROR_TYPE))
                .isEqualTo("INTERNAL_ERROR");
        assertThat(shown()).doesNotContain("canary-message");
    }

    @Test
    void aGateThatRejectsIsNoError() throws Exception {
        Orchestrator ralph = play.start(host((invocation, listener) -> finished("LOOP_COMPLETE")));

        Run run = ralph.submit(task(play.directory("w"))
                .gate(Gate.command("sh", "-c", "echo canary-output; exit 1"))
                .limits(Limits.builder().maxIterations(1).build())
                .build());

        assertThat(result(run).reason()).isEqualTo(StopReason.MAX_ITERATIONS);
        ralph.close();
        Observation.Context gate = observed.only(RalphObservation.GATE);
        assertThat(value(gate, RalphKey.OUTCOME)).isEqualTo("rejected");
        assertThat(gate.getError()).isNull();
    }

    @Test
    void aCallOfTheStoreThatFailsIsAnErrorOfTheExceptionsClass() throws Exception {
        FaultyStore store = new FaultyStore(play.closing(new InMemoryStore(InstantSource.system())));
        AtomicBoolean first = new AtomicBoolean(true);
        store.beforeStep(step -> {
            if (first.getAndSet(false)) {
                throw new StoreUnavailableException("canary-message");
            }
        });
        Orchestrator ralph = play.start(
                host((invocation, listener) -> finished("LOOP_COMPLETE")).store(store));

        assertThat(result(ralph.submit(task(play.directory("w")).build())).reason())
                .isEqualTo(StopReason.COMPLETED);
        ralph.close();

        assertThat(observed.of(RalphObservation.STORE).stream()
                        .filter(call -> call.getError() != null)
                        .map(call -> value(call, RalphKey.CALL) + " " + value(call, RalphKey.OUTCOME) + " "
                                + value(call, RalphKey.ERROR_TYPE)))
                .containsExactly("commit error dev.ralph.StoreUnavailableException");
        assertThat(shown()).doesNotContain("canary-message");
    }

    @Test
    void neitherPromptNorOutputIsShownUnasked() throws Exception {
        Orchestrator ralph = play.start(host((invocation, listener) -> {
            listener.text("canary-text");
            listener.toolCalled("Read", "canary-tool");
            return finished("canary-result\nLOOP_COMPLETE");
        }));

        result(ralph.submit(canaryTask("canary-prompt").build()));
        ralph.close();

        assertThat(observed.all()).isNotEmpty();
        assertThat(shown()).doesNotContain("canary");
    }

    @Test
    void whoAsksForContentGetsItWithSecretsMaskedAndCut() throws Exception {
        Orchestrator ralph = play.start(host((invocation, listener) -> finished("the answer canary-key\nLOOP_COMPLETE"))
                .secrets(name -> name.equals("key") ? Optional.of(new Secret("key", "canary-key")) : Optional.empty())
                .agent(play.agent("other", "true").secret("KEY", "key").build())
                .observeContent(true));
        // The secret is known to be one once somebody has asked for it.
        ralph.agents();

        result(ralph.submit(canaryTask("the question canary-key" + " and more".repeat(2_000))
                .build()));
        ralph.close();

        Observation.Context agent = observed.only(RalphObservation.AGENT);
        String asked = value(agent, RalphKey.INPUT_MESSAGES);
        assertThat(asked)
                .startsWith("[{\"role\":\"user\",\"parts\":[{\"type\":\"text\",\"content\":\"")
                .contains("the question")
                .hasSizeBetween(8_000, 9_000);
        assertThat(value(agent, RalphKey.OUTPUT_MESSAGES)).contains("assistant", "the answer", "finish_reason");
        assertThat(shown()).doesNotContain("canary-key");
    }

    @Test
    void theModelTheSettingsAskForIsTold() throws Exception {
        Orchestrator ralph = play.start(host((invocation, listener) -> finished("LOOP_COMPLETE")));

        result(ralph.submit(Playground.quick(RunSpec.prompt("x")
                        .workspace(play.directory("w"))
                        .agent(new AgentRef("scripted", Map.of("model", "model-7"))))
                .build()));
        ralph.close();

        assertThat(value(observed.only(RalphObservation.AGENT), RalphKey.REQUEST_MODEL))
                .isEqualTo("model-7");
    }

    @Test
    void theHostsConventionReplacesNamesAndKeys() throws Exception {
        registry.observationConfig().observationConvention(new Renamed());
        Orchestrator ralph = play.start(host((invocation, listener) -> finished("LOOP_COMPLETE")));

        result(ralph.submit(task(play.directory("w")).build()));
        ralph.close();

        Observation.Context agent = observed.only(RalphObservation.AGENT);
        assertThat(agent.getName()).isEqualTo("my.agent");
        assertThat(keyValues(agent)).containsOnly(Map.entry("iteration", "1"));
    }

    @Test
    void theHostsPredicateLeavesObservationsOut() throws Exception {
        registry.observationConfig()
                .observationPredicate((name, context) -> !name.equals(RalphObservation.STORE.getName()));

        checkedRun();

        assertThat(observed.of(RalphObservation.STORE)).isEmpty();
        assertThat(observed.of(RalphObservation.AGENT)).hasSize(1);
    }

    @Test
    void handlersThatFailDoNotHarmTheRun() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        registry.observationConfig().observationHandler(new Failing(calls));
        Orchestrator ralph = play.start(host((invocation, listener) -> finished("LOOP_COMPLETE")));

        Run run = ralph.submit(
                task(play.directory("w")).gate(Gate.command("true")).build());

        assertThat(result(run).reason()).isEqualTo(StopReason.COMPLETED);
        ralph.close();
        assertThat(calls).hasPositiveValue();
        assertThat(registry.getCurrentObservationScope()).isNull();
    }

    @Test
    void anInProcessAgentIsWithinItsObservation() throws Exception {
        List<Observation.ContextView> current = new CopyOnWriteArrayList<>();
        Orchestrator ralph = play.start(host((invocation, listener) -> {
            Observation observation = registry.getCurrentObservation();
            if (observation != null) {
                current.add(observation.getContextView());
            }
            return finished("LOOP_COMPLETE");
        }));

        result(ralph.submit(task(play.directory("w")).build()));
        ralph.close();

        assertThat(current).hasSize(1);
        assertThat(current.get(0)).isSameAs(observed.only(RalphObservation.AGENT));
    }

    @Test
    void withoutARegistryNothingIsObservedAndAgentsGetNoTraceContext() throws Exception {
        List<AgentInvocation> invocations = new CopyOnWriteArrayList<>();
        Orchestrator ralph = play.start(Orchestrator.builder().agent(new InProcessAgent("scripted", (invocation, l) -> {
            invocations.add(invocation);
            return finished("LOOP_COMPLETE");
        })));

        result(ralph.submit(task(play.directory("w")).build()));

        assertThat(invocations).hasSize(1);
        assertThat(invocations.get(0).environment()).isEmpty();
        assertThat(registry.getCurrentObservation()).isNull();
    }

    @Test
    void namesOfKeysArePinned() {
        assertThat(Arrays.stream(RalphObservation.values()).map(RalphObservation::getName))
                .containsExactly(
                        "ralph.submit",
                        "ralph.invoke.workflow",
                        "ralph.invoke.agent",
                        "ralph.gate",
                        "ralph.checkpoint",
                        "ralph.store",
                        "ralph.cache");
        assertThat(Arrays.stream(RalphKey.values()).map(RalphKey::asString)).doesNotHaveDuplicates();
    }

    @Test
    void everyObservationAndEveryKeyIsInTheDocumentation() throws Exception {
        String page = Files.readString(Path.of("..", "docs", "tracing.md"));

        for (RalphObservation observation : RalphObservation.values()) {
            assertThat(page).contains("`" + observation.getName() + "`");
        }
        for (RalphKey key : RalphKey.values()) {
            assertThat(page).contains("`" + key.asString() + "`");
        }
    }

    /** A run with one claim, a gate, a checkpoint and a read out of a cache. */
    private Run checkedRun() throws Exception {
        Path workspace = play.repository("work");
        Orchestrator ralph = play.start(host((invocation, listener) -> {
                    write(workspace.resolve("edit"));
                    return new AgentOutcome.Finished("LOOP_COMPLETE", false, USED);
                })
                .property("RALPH_CACHE", "memory"));
        Run run = ralph.submit(task(workspace)
                .checkpoints(CheckpointPolicy.EVERY_ITERATION)
                .gate(CommandGate.of(List.of("test", "-e", "edit")).withName("looks"))
                .build());
        assertThat(result(run).reason()).isEqualTo(StopReason.COMPLETED);
        Observation.createNotStarted("request", registry).observe(() -> ralph.find(run.id()));
        ralph.close();
        return run;
    }

    private OrchestratorBuilder host(InProcessAgent.Work work) {
        registry.observationConfig().observationHandler(observed);
        return Orchestrator.builder()
                .node("here")
                .observationRegistry(registry)
                .agent(new InProcessAgent("scripted", work));
    }

    private RunSpecBuilder canaryTask(String prompt) {
        return Playground.quick(
                RunSpec.prompt(prompt).workspace(play.directory("w")).agent("scripted"));
    }

    private static void write(Path file) {
        try {
            Files.writeString(file, "an edit\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static AgentOutcome finished(String result) {
        return new AgentOutcome.Finished(result, false, UsageReport.UNKNOWN);
    }

    /** Everything a handler could export. */
    private String shown() {
        return observed.all().stream()
                .map(context -> context.getContextualName() + context.getAllKeyValues() + context.getError())
                .collect(Collectors.joining("\n"));
    }

    private static Observation.@Nullable ContextView parent(Observation.Context context) {
        return context.getParentObservation() == null
                ? null
                : context.getParentObservation().getContextView();
    }

    private static Map<String, String> keyValues(Observation.Context context) {
        return context.getAllKeyValues().stream().collect(Collectors.toMap(KeyValue::getKey, KeyValue::getValue));
    }

    private static Set<String> keys(KeyValues pairs) {
        return pairs.stream().map(KeyValue::getKey).collect(Collectors.toSet());
    }

    private static Set<String> names(KeyName[] names) {
        return Arrays.stream(names).map(KeyName::asString).collect(Collectors.toSet());
    }

    private static final class Renamed implements GlobalObservationConvention<AgentObservationContext> {

        @Override
        public boolean supportsContext(Observation.Context context) {
            return context instanceof AgentObservationContext;
        }

        @Override
        public String getName() {
            return "my.agent";
        }

        @Override
        public KeyValues getLowCardinalityKeyValues(AgentObservationContext context) {
            return KeyValues.of("iteration", Integer.toString(context.iteration()));
        }
    }

    private record Failing(AtomicInteger calls) implements ObservationHandler<Observation.Context> {

        @Override
        public boolean supportsContext(Observation.Context context) {
            return true;
        }

        @Override
        public void onStart(Observation.Context context) {
            fail();
        }

        @Override
        public void onScopeOpened(Observation.Context context) {
            fail();
        }

        @Override
        public void onScopeClosed(Observation.Context context) {
            fail();
        }

        @Override
        public void onStop(Observation.Context context) {
            fail();
        }

        private void fail() {
            calls.incrementAndGet();
            throw new IllegalStateException("a handler that fails");
        }
    }
}
