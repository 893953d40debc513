/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.ralph.ConfigurationException;
import dev.ralph.StoreException;
import dev.ralph.health.CheckResult;
import dev.ralph.health.CheckStatus;
import dev.ralph.health.HealthImpact;
import dev.ralph.health.HealthProbe;
import dev.ralph.health.HealthReport;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProbedHealthTest {

    private static final Instant NOW = Instant.parse("2026-11-27T02:00:00Z");

    private final AtomicLong nanos = new AtomicLong();
    private final AtomicBoolean closing = new AtomicBoolean();

    @Test
    void aThousandCallsAtOnceAskEachProbeOnceASecond() throws Exception {
        CountDownLatch open = new CountDownLatch(1);
        ProbeByHand slow = ProbeByHand.ready("slow", () -> {
            open.await();
            return CheckResult.up();
        });
        ProbeByHand quick = ProbeByHand.ready("quick", CheckResult::up);
        ProbedHealth health = health(slow, quick);

        assertThat(ask(1_000, health, open)).allMatch(HealthReport::healthy);
        assertThat(slow.executions()).isOne();
        assertThat(quick.executions()).isOne();

        pass(Duration.ofMillis(999));
        ask(1_000, health, open);
        assertThat(slow.executions()).isOne();

        pass(Duration.ofMillis(1));
        ask(1_000, health, open);
        assertThat(slow.executions()).isEqualTo(2);
        assertThat(quick.executions()).isEqualTo(2);
    }

    @Test
    void aProbeThatHangsIsTimedOutIsNotAskedTwiceAndHarmsNoOther() throws Exception {
        CountDownLatch hung = new CountDownLatch(1);
        ProbeByHand hanging = new ProbeByHand("hanging", HealthImpact.READINESS, Duration.ofMillis(50), () -> {
            hung.await();
            return CheckResult.up();
        });
        ProbeByHand other = ProbeByHand.ready("other", CheckResult::up);
        ProbedHealth health = health(hanging, other);

        HealthReport first = health.ready();

        assertThat(first.healthy()).isFalse();
        assertThat(first.check("other")).isEqualTo(CheckResult.up());
        CheckResult timedOut = first.check("hanging");
        assertThat(timedOut.status()).isEqualTo(CheckStatus.DOWN);
        assertThat(timedOut.message()).contains("timed out").contains("0.05 s").contains("ralph-health-hanging");
        assertThat(timedOut.details()).containsEntry("timedOut", true);

        pass(Duration.ofMillis(499));
        CheckResult later = health.ready().check("hanging");
        assertThat(later.message()).contains("0.499 s ago");
        assertThat(hanging.executions()).isOne();

        hung.countDown();
        await().untilAsserted(() -> {
            pass(Duration.ofSeconds(1));
            assertThat(health.ready().healthy()).isTrue();
        });
    }

    @Test
    void aProbeThatNeverComesBackIsAskedOnceMoreAndNotAThirdTime() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        AtomicBoolean mended = new AtomicBoolean();
        ProbeByHand lost = new ProbeByHand("lost", HealthImpact.READINESS, Duration.ofMillis(50), () -> {
            if (!mended.get()) {
                never.await();
            }
            return CheckResult.up();
        });
        ProbedHealth health = health(lost);
        assertThat(health.ready().healthy()).isFalse();

        pass(Duration.ofMillis(500));
        assertThat(health.ready().healthy()).isFalse();
        await().until(() -> lost.executions() == 2);
        pass(Duration.ofMinutes(5));
        assertThat(health.ready().healthy()).isFalse();
        assertThat(lost.executions()).isEqualTo(2);

        mended.set(true);
        never.countDown();
        await().untilAsserted(() -> {
            pass(Duration.ofSeconds(1));
            assertThat(health.ready().healthy()).isTrue();
        });
    }

    @Test
    void whileOneCallHangsForEverANewOneMakesTheNodeReadyAgain() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        AtomicBoolean mended = new AtomicBoolean();
        ProbeByHand lost = new ProbeByHand("lost", HealthImpact.READINESS, Duration.ofMillis(50), () -> {
            if (!mended.get()) {
                never.await();
            }
            return CheckResult.up();
        });
        ProbedHealth health = health(lost);
        assertThat(health.ready().healthy()).isFalse();
        await().until(() -> lost.executions() == 1);

        mended.set(true);

        await().untilAsserted(() -> {
            pass(Duration.ofSeconds(1));
            assertThat(health.ready().healthy()).isTrue();
        });
        never.countDown();
    }

    @Test
    @Tag("linux")
    void filesOfTheKernelThatHangDoNotHideThatANodeIsAlive(@TempDir Path root) throws Exception {
        Path file = Files.createDirectories(root.resolve("proc/self")).resolve("cgroup");
        assertThat(new ProcessBuilder("mkfifo", file.toString()).start().waitFor())
                .isZero();
        ProbedHealth health = health(new MemoryReader(root));
        ExecutorService threads = Executors.newCachedThreadPool();
        try {
            Future<HealthReport> hanging = threads.submit(health::ready);
            try (OutputStream open = Files.newOutputStream(file)) {
                assertThat(threads.submit(health::live)
                                .get(20, TimeUnit.SECONDS)
                                .healthy())
                        .isTrue();
                assertThat(threads.submit(health::ready)
                                .get(20, TimeUnit.SECONDS)
                                .healthy())
                        .isTrue();
                assertThat(hanging.isDone()).isFalse();
                open.flush();
            }
            assertThat(hanging.get(20, TimeUnit.SECONDS).healthy()).isTrue();
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void probesAreAskedBesideEachOther() {
        CyclicBarrier together = new CyclicBarrier(3);
        Callable<CheckResult> meet = () -> {
            together.await(20, TimeUnit.SECONDS);
            return CheckResult.up();
        };

        assertThat(health(ProbeByHand.ready("a", meet), ProbeByHand.ready("b", meet), ProbeByHand.ready("c", meet))
                        .ready()
                        .healthy())
                .isTrue();
    }

    @Test
    void whatTakesANodeOutOfServiceDoesNotMakeItDead() {
        ProbeByHand database = ProbeByHand.ready("database", () -> CheckResult.down("gone; start it"));
        ProbeByHand note = new ProbeByHand(
                "note", HealthImpact.NONE, Duration.ofSeconds(30), () -> CheckResult.down("broken; mend it"));
        ProbeByHand alive = new ProbeByHand("alive", HealthImpact.LIVENESS, Duration.ofSeconds(30), CheckResult::up);
        ProbedHealth health = health(database, note, alive);

        assertThat(health.live().healthy()).isTrue();
        assertThat(health.live().checks()).containsOnlyKeys("alive");
        assertThat(database.executions()).isZero();
        assertThat(health.ready().healthy()).isFalse();
        assertThat(health.ready().checks()).containsOnlyKeys("orchestrator", "database", "alive");
        assertThat(health.full().healthy()).isFalse();
        assertThat(health.full().checks()).containsOnlyKeys("orchestrator", "database", "note", "alive");
    }

    @Test
    void aCheckThatOnlyTellsDoesNotTakeTheNodeOutOfServiceAndADegradedOneIsWell() {
        ProbeByHand note = new ProbeByHand(
                "note", HealthImpact.NONE, Duration.ofSeconds(30), () -> CheckResult.down("broken; mend it"));
        assertThat(health(note).ready().healthy()).isTrue();
        assertThat(health(note).full().healthy()).isFalse();

        ProbeByHand weak = ProbeByHand.ready("weak", () -> CheckResult.degraded("slow; look"));
        assertThat(health(weak).full().healthy()).isTrue();
    }

    @Test
    void whatNothingButANewProcessCuresIsDead() {
        ProbeByHand stuck = new ProbeByHand(
                "stuck", HealthImpact.LIVENESS, Duration.ofSeconds(30), () -> CheckResult.down("stuck; replace it"));

        assertThat(health(stuck).live().healthy()).isFalse();
        assertThat(health(stuck).ready().healthy()).isFalse();
    }

    @Test
    void anOrchestratorThatClosesIsAliveAndTakesNoWork() {
        ProbeByHand agents = ProbeByHand.ready("agents", () -> CheckResult.down("gone; install one"));
        ProbeByHand alive = new ProbeByHand("alive", HealthImpact.LIVENESS, Duration.ofSeconds(30), CheckResult::up);
        ProbedHealth health = health(agents, alive);

        closing.set(true);

        assertThat(health.ready().healthy()).isFalse();
        assertThat(health.ready().checks()).containsOnlyKeys("orchestrator", "alive");
        assertThat(health.full().checks()).containsOnlyKeys("orchestrator", "alive");
        assertThat(agents.executions()).isZero();
        assertThat(health.ready().check("orchestrator").message()).contains("closing");
        assertThat(health.live().healthy()).isTrue();
    }

    @Test
    void messagesHideSecretsAndOtherPeoplesExceptions() {
        ProbeByHand foreign = ProbeByHand.ready("foreign", () -> {
            throw new IllegalStateException("password=hunter2");
        });
        ProbeByHand own = ProbeByHand.ready("own", () -> {
            throw new StoreException("cannot log in with s3cr3t; correct it");
        });
        ProbeByHand said = ProbeByHand.ready(
                "said",
                () -> CheckResult.degraded("s3cr3t " + "x".repeat(5_000)).with("user", "s3cr3t"));

        String json = health(foreign, own, said).full().toJson();

        assertThat(json)
                .doesNotContain("hunter2")
                .doesNotContain("s3cr3t")
                .contains("java.lang.IllegalStateException")
                .contains("cannot log in with ***; correct it");
        assertThat(json.length()).isLessThan(3_000);
    }

    @Test
    void noDetailAndNoNameOfOneShowsASecretAndNoneIsEndless() {
        ProbeByHand said = ProbeByHand.ready(
                "said",
                () -> CheckResult.up()
                        .with("list", List.of("s3cr3t"))
                        .with("of s3cr3t", 1)
                        .with("long", List.of("x".repeat(5_000)))
                        .with("y".repeat(5_000), true));

        HealthReport report = health(said).full();

        assertThat(report.check("said").details())
                .containsEntry("list", "[***]")
                .containsEntry("of ***", 1);
        assertThat(report.toJson()).doesNotContain("s3cr3t").hasSizeLessThan(4_000);
    }

    @Test
    void whatASilentProbeAdvisesIsMaskedAndMayFail() {
        CountDownLatch never = new CountDownLatch(1);
        HealthProbe leaking = new SilentProbe("leaking", never, () -> "log in with s3cr3t");
        HealthProbe failing = new SilentProbe("failing", never, () -> {
            throw new IllegalStateException("s3cr3t");
        });

        HealthReport report = health(leaking, failing).ready();
        never.countDown();

        assertThat(report.check("leaking").message()).contains("log in with ***");
        assertThat(report.check("failing").message()).contains("timed out").contains("thread dump");
        assertThat(report.toJson()).doesNotContain("s3cr3t");
    }

    @Test
    void namesAndTimesThatCannotBeUsedAreRefused() {
        for (String name : new String[] {"", "a b", "a/b", "x".repeat(65)}) {
            assertThatExceptionOfType(ConfigurationException.class)
                    .as(name)
                    .isThrownBy(() -> health(ProbeByHand.ready(name, CheckResult::up)))
                    .withMessageContaining("'" + name + "'");
        }
        for (Duration time : new Duration[] {Duration.ZERO, Duration.ofSeconds(-1), Duration.ofDays(200_000)}) {
            assertThatExceptionOfType(ConfigurationException.class)
                    .as(time.toString())
                    .isThrownBy(() -> health(new ProbeByHand("mine", HealthImpact.READINESS, time, CheckResult::up)))
                    .withMessageContaining("'mine'")
                    .withMessageContaining("time-out");
        }
    }

    @Test
    void aProbeThatBreaksIsDownAndIsAskedAgain() {
        ProbeByHand broken = ProbeByHand.ready("broken", () -> {
            throw new StackOverflowError();
        });
        ProbedHealth health = health(broken);

        assertThat(health.ready().check("broken").status()).isEqualTo(CheckStatus.DOWN);
        pass(Duration.ofSeconds(1));
        health.ready();
        assertThat(broken.executions()).isEqualTo(2);
    }

    @Test
    void anInterruptedCallerDoesNotWait() {
        CountDownLatch never = new CountDownLatch(1);
        ProbedHealth health = health(ProbeByHand.ready("hanging", () -> {
            never.await();
            return CheckResult.up();
        }));

        Thread.currentThread().interrupt();
        HealthReport report = health.ready();

        assertThat(Thread.interrupted()).isTrue();
        assertThat(report.check("hanging").message()).contains("interrupted");
        never.countDown();
    }

    @Test
    void twoProbesOfOneNameAreRefused() {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() ->
                        health(ProbeByHand.ready("disk", CheckResult::up), ProbeByHand.ready("disk", CheckResult::up)))
                .withMessageContaining("'disk'")
                .withMessageContaining("another one");
    }

    @Test
    void theReportIsTheDeploymentGuidesJson() throws Exception {
        HealthProbe database = ProbeByHand.ready(
                "database",
                () -> CheckResult.down("gone; start it")
                        .with("waiting", 3)
                        .with("share", 1.5)
                        .with("primary", false)
                        .with("kind", "H2"));

        JsonNode json =
                JsonMapper.builder().build().readTree(health(database).full().toJson());

        assertThat(json.path("status").asText()).isEqualTo("unhealthy");
        assertThat(json.path("timestamp").asText()).isEqualTo("2026-11-27T02:00:00Z");
        assertThat(json.at("/checks/orchestrator/status").asText()).isEqualTo("UP");
        assertThat(json.at("/checks/database/status").asText()).isEqualTo("DOWN");
        assertThat(json.at("/checks/database/message").asText()).isEqualTo("gone; start it");
        assertThat(json.at("/checks/database/details").toString())
                .isEqualTo("{\"waiting\":3,\"share\":1.5,\"primary\":false,\"kind\":\"H2\"}");
        assertThat(json.path("system").path("uptime").isIntegralNumber()).isTrue();
        assertThat(json.path("system").path("memoryUsage").isMissingNode()).isTrue();
        assertThat(JsonMapper.builder()
                        .build()
                        .readTree(health().full().toJson())
                        .path("status")
                        .asText())
                .isEqualTo("healthy");
    }

    private ProbedHealth health(HealthProbe... probes) {
        return health(new MemoryReader(Path.of("/nonexistent")), probes);
    }

    private ProbedHealth health(MemoryReader memory, HealthProbe... probes) {
        InstantSource clock = InstantSource.fixed(NOW);
        return new ProbedHealth(
                List.of(probes),
                closing::get,
                new SystemWatch(memory, clock, nanos::get),
                clock,
                nanos::get,
                text -> text.replace("s3cr3t", "***"));
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    private static List<HealthReport> ask(int times, ProbedHealth health, CountDownLatch whenAllAsk) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(times);
        try {
            CountDownLatch begun = new CountDownLatch(times);
            List<Future<HealthReport>> answers = new ArrayList<>();
            for (int i = 0; i < times; i++) {
                answers.add(threads.submit(() -> {
                    begun.countDown();
                    return health.ready();
                }));
            }
            assertThat(begun.await(60, TimeUnit.SECONDS)).isTrue();
            whenAllAsk.countDown();
            List<HealthReport> reports = new ArrayList<>();
            for (Future<HealthReport> answer : answers) {
                reports.add(answer.get(60, TimeUnit.SECONDS));
            }
            return reports;
        } finally {
            threads.shutdownNow();
        }
    }

    private record SilentProbe(String name, CountDownLatch never, Supplier<String> advice) implements HealthProbe {

        @Override
        public HealthImpact impact() {
            return HealthImpact.READINESS;
        }

        @Override
        public Duration timeout() {
            return Duration.ofMillis(10);
        }

        @Override
        public String whenSilent() {
            return advice.get();
        }

        @Override
        public CheckResult check() throws InterruptedException {
            never.await();
            return CheckResult.up();
        }
    }
}
