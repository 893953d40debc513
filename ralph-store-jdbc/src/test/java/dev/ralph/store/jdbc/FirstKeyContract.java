/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.ralph.ConfigurationException;
import dev.ralph.StoreException;
import dev.ralph.spi.NewRun;
import org.junit.jupiter.api.Test;

/** The first node with a key decides for a database that is new. */
abstract class FirstKeyContract {

    static final String CANARY = "c4n4ry";

    /** A store on the same empty database each time. */
    abstract JdbcStoreBuilder on();

    /** All that is in the database. */
    abstract String dump() throws Exception;

    @Test
    void beforeTheFirstRunANodeWithoutTheKeyDoesNotStartBesideOneThatHasIt() {
        open("a").close();

        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> open(""))
                .withMessageContaining("there is no key here");
    }

    @Test
    void beforeTheFirstRunANodeWithAnotherKeyDoesNotStartBesideIt() {
        open("a").close();

        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> open("b"))
                .withMessageContaining(Sealing.keys("a").keys().ids().iterator().next());
        open("ba").close();
    }

    @Test
    void aNodeWithoutTheKeyThatStartedBeforeItStoresNothingInClear() throws Exception {
        // What other tests told the audit trail of stays in it.
        String canary = CANARY + "-of-one-refused";
        try (JdbcStore clear = open("");
                JdbcStore sealed = open("a")) {
            NewRun run = CanaryRun.submission("ann", canary);

            assertThatExceptionOfType(StoreException.class)
                    .isThrownBy(() -> clear.create(run))
                    .withMessageContaining("ENCRYPTION_KEY");

            assertThat(Sealing.has(dump(), canary)).isFalse();
            assertThat(sealed.find(run.id())).isEmpty();
            assertThat(sealed.create(run).created()).isTrue();
            assertThat(Sealing.has(dump(), canary)).isFalse();
        }
    }

    @Test
    void aNodeThatIsRefusedForRunsInClearLeavesNoKey() {
        try (JdbcStore clear = open("")) {
            clear.create(CanaryRun.submission(null, CANARY));

            assertThatExceptionOfType(ConfigurationException.class)
                    .isThrownBy(() -> open("a"))
                    .withMessageContaining("ENCRYPTION_ACCEPT_CLEAR");

            assertThat(clear.create(CanaryRun.submission(null, CANARY)).created())
                    .isTrue();
        }
        open("").close();
    }

    final JdbcStore open(String letters) {
        return on().encryption(Sealing.keys(letters)).build();
    }
}
