/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.spring.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ralph.samples.spring.TestHost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Attacks the running host over real connections. Each try must be refused or come to nothing, and the host must answer others
 * all the time. What was tried and seen is printed, and written to {@code target/attacks.md}.
 */
@Tag("integration")
class AttackTest {

    /** How long others may wait for an answer while the host is attacked, on a machine that does the attacking, too. */
    private static final Duration OTHERS_WAIT_AT_MOST = Duration.ofSeconds(3);

    @TempDir
    static Path folder;

    static TestHost host;
    static Victim victim;
    static Pulse pulse;
    static final List<String> ROWS = new ArrayList<>();

    @BeforeAll
    static void start() throws IOException {
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("host.tenants", "default,other");
        // Each try has an address of its own, and all share a few keys: no try is refused for those before it.
        properties.put("host.edge.api-rate-limit", Victim.REQUESTS_OF_A_CALLER + "/minute");
        properties.put("host.edge.address-rate-limit", "300/minute");
        properties.put("host.edge.login-rate-limit", "10/minute");
        properties.put("host.followers.per-caller", Integer.toString(Victim.STREAMS_OF_A_CALLER));
        properties.put("host.keys.cache", "0s");
        agent(properties, "nasty", """
                cat >/dev/null
                printf '<script>alert(1)</script>\\033[2J\\r\\n\\r\\nid: 999999\\nevent: forged\\ndata: forged\\n\\n'
                echo LOOP_COMPLETE""");
        agent(properties, "patient", "cat >/dev/null; sleep 600");
        host = TestHost.onH2(folder, properties);
        victim = new Victim(host);
        pulse = new Pulse(host.port());
    }

    private static void agent(Map<String, String> properties, String name, String script) throws IOException {
        Files.createDirectories(folder.resolve("workspaces").resolve(name));
        Path file = Files.writeString(folder.resolve(name + ".sh"), script);
        properties.put("ralph.agents." + name + ".command", "sh," + file);
        properties.put("host.agents." + name + ".tenants", "*");
        properties.put("host.workspaces." + name + ".path", name);
        properties.put("host.workspaces." + name + ".tenants", "*");
    }

    @AfterAll
    static void stop() throws Exception {
        pulse.close();
        host.close();
        String table = "| what | try | seen | slowest answer to others |\n|---|---|---|---|\n" + String.join("\n", ROWS)
                + "\n";
        System.out.println(table);
        Files.writeString(Path.of("target", "attacks.md"), table);
    }

    static Stream<Attack> attacks() {
        return Stream.of(CredentialAttacks.all(), RequestAttacks.all(), FloodAttacks.all())
                .flatMap(s -> s);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("attacks")
    @Timeout(180)
    void comesToNothing(Attack attack) throws Exception {
        pulse.seen();
        Attack.Outcome outcome = attack.how().of(victim);
        Pulse.Seen others = pulse.seen();
        ROWS.add("| %s | %s%s | %s%s | %d ms |"
                .formatted(
                        attack.kind(),
                        attack.name().replace("|", "\\|"),
                        attack.needsApi() ? " (API)" : "",
                        outcome.held() ? "" : "**NOT HELD** ",
                        outcome.observed(),
                        others.slowest().toMillis()));

        assertThat(outcome.held()).as(outcome.observed()).isTrue();
        assertThat(others.failures()).as("answers to others").isZero();
        assertThat(others.slowest()).isLessThan(OTHERS_WAIT_AT_MOST);
    }
}
