/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ralph.InvalidValueException;
import dev.ralph.VersionControl;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretNamesTest {

    private final SecretNames names = new SecretNames(WorkspaceOptions.DEFAULT_SECRET_NAMES);

    @ParameterizedTest
    @ValueSource(
            strings = {
                ".env",
                "prod.env",
                ".env.local",
                "a/b/.env",
                "server.pem",
                "tls/server.KEY",
                "id_rsa",
                "id_rsa.pub",
                ".ssh/id_ed25519",
                "store.p12",
                "key.jks",
                ".npmrc",
                ".netrc",
                ".pypirc",
                "credentials.json",
                "credentials-prod.json",
                ".ENV",
                "Prod.Env",
                ".env/bin/python",
                ".aws/credentials",
                "prod.env.bak"
            })
    void knowsSecretLookingNames(String name) {
        assertThat(names.matches(GitPath.of(name))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"env", "environment.ts", "env.js", "keys.txt", "pem", "Credentials.java", "a.envoy", "my_id_rsa"
            })
    void letsOrdinaryNamesPass(String name) {
        assertThat(names.matches(GitPath.of(name))).isFalse();
    }

    @Test
    void matchesNothingWithoutPatterns() {
        assertThat(new SecretNames(List.of()).matches(GitPath.of(".env"))).isFalse();
    }

    @Test
    void takesEverythingButWildcardsLiterally() {
        SecretNames odd = new SecretNames(List.of("a.b(c)+?", "$x*"));
        assertThat(odd.matches(GitPath.of("a.b(c)+1"))).isTrue();
        assertThat(odd.matches(GitPath.of("aXb(c)+1"))).isFalse();
        assertThat(odd.matches(GitPath.of("$xyz"))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a/b", "!x", "#x", "[ab]", "a b", "\u00fc"})
    void refusesWhatIsNoNamePattern(String pattern) {
        Assertions.assertThatExceptionOfType(InvalidValueException.class)
                .isThrownBy(() -> new WorkspaceOptions(
                        VersionControl.AUTO,
                        List.of(pattern),
                        1,
                        1,
                        Duration.ofSeconds(1),
                        InstantSource.system(),
                        false))
                .withMessageContaining("secretNames");
    }
}
