/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.spring.boot.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.util.Credentials;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class DerivedPoolsTest {

    @Test
    void timesOfTheApplicationsPoolDoNotCountForRenewals() {
        Properties given = new Properties();
        given.setProperty("socketTimeout", "30");
        given.setProperty("logServerErrorDetail", "true");
        given.setProperty("sslmode", "verify-full");

        Properties taken = login("jdbc:postgresql://server/runs", given).properties("ralph-node");

        assertThat(taken)
                .containsEntry("socketTimeout", "5")
                .containsEntry("logServerErrorDetail", "false")
                .containsEntry("ApplicationName", "ralph-node")
                .containsEntry("sslmode", "verify-full");
        assertThat(given).containsEntry("socketTimeout", "30");
    }

    @Test
    void whatTheUrlSaysIsLeftToIt() {
        Properties taken = login("jdbc:postgresql://server/runs?socketTimeout=9", new Properties())
                .properties("ralph-node");

        assertThat(taken).doesNotContainKey("socketTimeout").containsKey("connectTimeout");
    }

    private static DerivedPools.Login login(String url, Properties given) {
        return new DerivedPools.Login(url, () -> Credentials.of("ann", "secret"), given);
    }
}
