/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.real;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.ralph.real.server.Script;
import dev.ralph.real.server.Turn;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What holds for a host in a JVM of its own: the command line, over its database file. */
interface HostRules extends BenchRules {

    /** The folder of secrets within that of the test. */
    String SECRETS = "secrets";

    @Test
    default void aHostThatIsKilledLeavesNoClientAndTheNextGoesOn() throws Exception {
        int first = bench().step(0, 1, "").size();
        List<Turn.Answer> halfDone = bench().client().edits(bench().workspace().file(), "step 1", "step 2");
        bench().server()
                .play(Script.of(bench().step(0, 1, "One of two. The key is " + Bench.KEY.reveal()))
                        .then(halfDone)
                        .then(new Turn.Silence(null)));
        Map<String, String> environment = environmentWithSecretsFolder();
        String id;
        JsonNode before;
        try (HostProcess host = HostProcess.start(bench().folder(), environment, run())) {
            bench().server().awaitTurns(first + halfDone.size() + 1);
            host.awaitOutput("iteration 1 recorded");
            id = id(host.printed());
            before = show(environment, id);
            assertThat(Processes.of(bench().folder()))
                    .as("processes of a client at work, or this test would show nothing")
                    .hasSizeGreaterThan(1);

            host.kill();
        }
        bench().assertNothingLeft();
        bench().server().play(Script.of(Turn.says("Two of two were done already.\nLOOP_COMPLETE")));

        HostProcess.Ended end = HostProcess.run(bench().folder(), environment, "resume", id);

        assertThat(end.code()).as(end.all()).isZero();
        assertThat(end.out()).contains("taken over from a process that died");
        JsonNode after = show(environment, id);
        assertThat(after.at("/reason").asText()).isEqualTo("COMPLETED");
        assertThat(after.at("/progress/iterations").asInt()).isEqualTo(2);
        assertThat(after.at("/progress/attempts").asInt()).isEqualTo(3);
        assertThat(after.at("/iterations").findValuesAsText("iteration")).containsExactly("1", "2");
        assertThat(before.at("/progress/spend/estimated").asDouble()).isPositive();
        assertThat(after.at("/progress/spend/estimated").asDouble())
                .isGreaterThan(before.at("/progress/spend/estimated").asDouble());
        // Nobody saw what the killed attempt came to: it is charged what was reserved for it, a tenth of the limit.
        assertThat(before.at("/progress/spend/unknown").asDouble()).isZero();
        assertThat(after.at("/progress/spend/unknown").asDouble()).isEqualTo(1.0);
        assertThat(after.at("/progress/usage/input").asLong())
                .isGreaterThan(before.at("/progress/usage/input").asLong());
        assertThat(filesOfTheHost()).as("what the hosts printed and kept").doesNotContain(Bench.KEY.reveal());
    }

    @Test
    default void theHostTellsWhichClientIsThereAndWhetherItIsReady() throws Exception {
        Map<String, String> environment =
                bench().client().hostEnvironment(bench().server().address());

        JsonNode withoutKey = agent(environment);
        Map<String, String> more = new LinkedHashMap<>(environment);
        more.put(bench().client().secret(), Bench.KEY.reveal());
        JsonNode withKey = agent(more);

        assertThat(withoutKey.path("ready").asBoolean())
                .as(withoutKey.toString())
                .isFalse();
        assertThat(withoutKey.path("problem").asText()).isNotBlank();
        assertThat(withoutKey.path("fix").asText()).contains(bench().client().secret());
        assertThat(withKey.path("ready").asBoolean()).as(withKey.toString()).isTrue();
        assertThat(List.of(withKey, withoutKey))
                .allSatisfy(agent -> assertThat(agent.path("version").asText())
                        .contains(bench().client().version()));
        assertThat(bench().server().all()).as("a probe spends nothing").isEmpty();
    }

    private String[] run() {
        return new String[] {
            "run",
            "--prompt",
            "Count to two in work.txt, one step at a time.",
            "--workspace",
            bench().workspace().path().toString(),
            "--agent",
            bench().client().id(),
            "--gate",
            "grep -qx 'step 2' work.txt",
            "--max-cost",
            "10"
        };
    }

    /** The key is a file in a folder of secrets, under a name that configuration gives. */
    private Map<String, String> environmentWithSecretsFolder() throws IOException {
        Path secrets = Files.createDirectories(bench().folder().resolve(SECRETS));
        Files.writeString(secrets.resolve("model-key"), Bench.KEY.reveal());
        Map<String, String> environment = new LinkedHashMap<>(
                bench().client().hostEnvironment(bench().server().address()));
        environment.put("RALPH_SECRETS_DIR", secrets.toString());
        environment.put(bench().client().secretProperty(), "model-key");
        return environment;
    }

    private JsonNode show(Map<String, String> environment, String id) throws IOException, InterruptedException {
        HostProcess.Ended end = HostProcess.run(bench().folder(), environment, "show", id, "--json");
        assertThat(end.code()).as(end.all()).isZero();
        return json(end.out());
    }

    private JsonNode agent(Map<String, String> environment) throws IOException, InterruptedException {
        HostProcess.Ended end = HostProcess.run(bench().folder(), environment, "agents", "--json");
        assertThat(end.code()).as(end.all()).isZero();
        for (String line : end.out().lines().toList()) {
            JsonNode object = json(line);
            if (object.path("id").asText().equals(bench().client().id())) {
                return object;
            }
        }
        throw new AssertionError("no agent '" + bench().client().id() + "' in " + end.all());
    }

    /** Everything in the folder but the secret itself. */
    private String filesOfTheHost() throws IOException {
        StringBuilder text = new StringBuilder();
        try (Stream<Path> files = Files.walk(bench().folder())) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (!file.startsWith(bench().folder().resolve(SECRETS))) {
                    text.append(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
                }
            }
        }
        return text.toString();
    }

    private static String id(String printed) {
        Matcher matcher = Pattern.compile("Run ([0-9a-f-]{36}) in ").matcher(printed);
        assertThat(matcher.find()).as(printed).isTrue();
        return matcher.group(1);
    }

    private static JsonNode json(String text) throws IOException {
        return JsonMapper.builder().build().readTree(text);
    }
}
