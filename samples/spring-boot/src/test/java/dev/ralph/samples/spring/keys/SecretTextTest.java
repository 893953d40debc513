/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.spring.keys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ralph.samples.spring.access.Role;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SecretTextTest {

    @Test
    void whatIsWrittenIsRead() {
        String id = SecretText.newId();
        String secret = SecretText.newSecret();

        assertThat(SecretText.readKey(SecretText.key(id, secret)))
                .hasValue(new SecretText.Presented(id, SecretText.hash(secret)));
        assertThat(SecretText.readSetupToken(SecretText.setupToken(secret))).hasValue(SecretText.hash(secret));
    }

    @Test
    void keysHaveAFormThatScannersFind() {
        assertThat(SecretText.key(SecretText.newId(), SecretText.newSecret()))
                .matches("ralph_[0-9a-f]{24}_[0-9a-f]{64}");
        assertThat(SecretText.newSecret()).isNotEqualTo(SecretText.newSecret());
    }

    @Test
    void aSetUpTokenIsNoKey() {
        assertThat(SecretText.readKey(SecretText.setupToken(SecretText.newSecret())))
                .isEmpty();
    }

    @Test
    void theTextOfAnIssuedKeyIsNotInItsString() {
        String secret = SecretText.newSecret();
        Instant now = Instant.now();
        ApiKey details = new ApiKey("0".repeat(24), "t", "n", Role.VIEWER, now, "me", now, null, null, null);

        assertThat(new IssuedKey(SecretText.key(details.id(), secret), details).toString())
                .doesNotContain(secret);
    }
}
