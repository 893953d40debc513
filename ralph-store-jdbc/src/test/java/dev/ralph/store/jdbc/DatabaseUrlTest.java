/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.ralph.ConfigurationException;
import dev.ralph.spi.Secret;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseUrlTest {

    @ParameterizedTest
    @CsvSource({
        "postgresql://host:5433/runs, jdbc:postgresql://host:5433/runs",
        "postgres://host/runs, jdbc:postgresql://host/runs",
        "POSTGRESQL://host/runs, jdbc:postgresql://host/runs",
        "postgresql+asyncpg://host/runs, jdbc:postgresql://host/runs",
        "postgresql://[::1]:5433/runs, jdbc:postgresql://[::1]:5433/runs",
        "'postgresql://one:5432,two:5433/runs', 'jdbc:postgresql://one:5432,two:5433/runs'",
        "postgresql://host/my%20runs, jdbc:postgresql://host/my%20runs",
        "postgresql://host/runs?sslmode=require&x=%26, jdbc:postgresql://host/runs?sslmode=require&x=%26",
        "postgresql:///runs, jdbc:postgresql:///runs",
        "jdbc:postgresql://host/runs?user=u&password=p, jdbc:postgresql://host/runs?user=u&password=p",
    })
    void itBecomesAJdbcUrl(String url, String jdbc) {
        assertThat(DatabaseUrl.parse(url).jdbcUrl()).isEqualTo(jdbc);
    }

    @Test
    void userAndPasswordAreDecoded() {
        DatabaseUrl url = DatabaseUrl.parse("postgresql://r%40lph:p%3Aa+%2F%25s%20%C3%A4@host:5432/runs");

        assertThat(url.user()).isEqualTo("r@lph");
        assertThat(url.password()).isEqualTo(new Secret("DATABASE_URL", "p:a+/%s ä"));
        assertThat(url.jdbcUrl()).isEqualTo("jdbc:postgresql://host:5432/runs");
    }

    @Test
    void aPasswordMayHaveAColonOrAnAtSign() {
        DatabaseUrl url = DatabaseUrl.parse("postgresql://ralph:a:b@c@host/runs");

        assertThat(url.password()).isEqualTo(new Secret("DATABASE_URL", "a:b@c"));
    }

    @Test
    void aUserMayComeWithoutAPassword() {
        DatabaseUrl url = DatabaseUrl.parse("postgresql://ralph@host/runs");

        assertThat(url.user()).isEqualTo("ralph");
        assertThat(url.password()).isNull();
        assertThat(url.withLogin("other", new Secret("DATABASE_PASSWORD", "s")).user())
                .isEqualTo("ralph");
        assertThat(url.withLogin("other", new Secret("DATABASE_PASSWORD", "s")).password())
                .isEqualTo(new Secret("DATABASE_PASSWORD", "s"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:postgresql://ralph:s3cret?more@host/runs",
                "jdbc:postgresql://ralph:s3cret;more@host/runs",
                "jdbc:postgresql://host/runs?user=ralph&password=more@s3cret"
            })
    void aPasswordWithWhatBeginsAQueryIsNotShownEither(String url) {
        assertThat(DatabaseUrl.parse(url).toString())
                .startsWith("jdbc:postgresql:")
                .doesNotContain("s3cret");
    }

    @Test
    void theCaseOfAnH2UrlDoesNotMatter() {
        assertThat(DatabaseUrl.parse("JDBC:H2:mem:runs").isH2()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "postgresql://ralph:s3cret@host:5432/runs",
                "postgresql://ralph@host/runs?password=s3cret",
                "jdbc:postgresql://ralph:s3cret@host/runs",
                "jdbc:postgresql://host/runs?password=s3cret",
                "jdbc:h2:file:/data/runs;PASSWORD=s3cret"
            })
    void aPasswordIsNeverShown(String url) {
        assertThat(DatabaseUrl.parse(url).toString()).doesNotContain("s3cret").containsPattern("host|/data/runs");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "mysql://ralph:s3cret@host/runs",
                "postgresql:ralph:s3cret@host",
                "postgresql://ralph:s3cret%zz@host/runs",
                "postgresql://ralph:s3cret/slash@host/runs",
                "postgresql://ralph:s3cret@host:port/runs",
                "postgresql://ralph:s3cret@ho st/runs",
                "host/s3cret"
            })
    void whatIsNoUrlIsRefusedWithoutShowingIt(String url) {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> DatabaseUrl.parse(url))
                .withMessageContaining("write")
                .satisfies(refused -> assertThat(refused.getMessage()).doesNotContain("s3cret"))
                .satisfies(refused -> assertThat(refused.getCause()).isNull());
    }

    @ParameterizedTest
    @CsvSource({
        "jdbc:h2:file:/data/runs, jdbc:h2:async:/data/runs;WRITE_DELAY=0",
        "jdbc:h2:/data/runs, jdbc:h2:async:/data/runs;WRITE_DELAY=0",
        "jdbc:h2:~/runs;MODE=LEGACY, jdbc:h2:async:~/runs;MODE=LEGACY;WRITE_DELAY=0",
        "jdbc:h2:async:/data/runs;write_delay=0, jdbc:h2:async:/data/runs;write_delay=0",
        "jdbc:h2:mem:runs, jdbc:h2:mem:runs;WRITE_DELAY=0",
    })
    void h2WritesAtOnceAndSurvivesInterrupts(String url, String jdbc) {
        assertThat(DatabaseUrl.parse(url).jdbcUrl()).isEqualTo(jdbc);
    }

    @Test
    void h2MayNotDelayItsWrites() {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> DatabaseUrl.parse("jdbc:h2:file:/data/runs;WRITE_DELAY=500"))
                .withMessageContaining("WRITE_DELAY=500");
    }

    @Test
    void anH2FileIsNamedByItsWholePath() {
        assertThat(DatabaseUrl.h2File(Path.of("runs")).jdbcUrl())
                .isEqualTo("jdbc:h2:async:" + Path.of("runs").toAbsolutePath() + ";WRITE_DELAY=0");
    }
}
