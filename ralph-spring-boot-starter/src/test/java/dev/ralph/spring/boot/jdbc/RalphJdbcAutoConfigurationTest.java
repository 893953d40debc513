/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.spring.boot.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.ralph.ConfigurationException;
import dev.ralph.Orchestrator;
import dev.ralph.RunResult;
import dev.ralph.RunSpec;
import dev.ralph.spi.Dispatcher;
import dev.ralph.spi.Secret;
import dev.ralph.spi.SecretSource;
import dev.ralph.spi.Store;
import dev.ralph.spring.boot.RalphAutoConfiguration;
import dev.ralph.store.InMemoryStore;
import dev.ralph.store.jdbc.JdbcStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class RalphJdbcAutoConfigurationTest {

    private static final String KEY = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=";

    private final ApplicationContextRunner withoutDataSource = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(RalphAutoConfiguration.class, RalphJdbcAutoConfiguration.class))
            .withPropertyValues(
                    "ralph.agents.writer.command=sh,-c,cat >/dev/null; echo LOOP_COMPLETE", "ralph.agent=writer");

    private final ApplicationContextRunner contexts =
            withoutDataSource.withConfiguration(AutoConfigurations.of(DataSourceAutoConfiguration.class));

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Test
    void withoutADataSourceRunsAreInMemory() {
        withoutDataSource.run(context -> {
            assertThat(context).doesNotHaveBean(Store.class).doesNotHaveBean(Dispatcher.class);
            run(context.getBean(Orchestrator.class));
        });
    }

    @Test
    void runsAreInTheApplicationsDatabase() {
        contexts.withPropertyValues("spring.datasource.url=" + safe()).run(context -> {
            RunResult result = run(context.getBean(Orchestrator.class));

            assertThat(context.getBean(JdbcStore.class).find(result.id())).isPresent();
            assertThat(context.getBean(DataSource.class).isWrapperFor(HikariDataSource.class))
                    .isTrue();
            assertThat(context.getBeanProvider(Dispatcher.class).getIfAvailable())
                    .isNull();
        });
    }

    @Test
    void theApplicationsDataSourceOutlivesTheStore() {
        contexts.withPropertyValues("spring.datasource.url=" + safe()).run(context -> {
            HikariDataSource source = context.getBean(HikariDataSource.class);
            context.getBean(RunDatabase.class).close();

            assertThat(source.isClosed()).isFalse();
        });
    }

    @Test
    void aPlainH2FileIsRefusedWithTheUrlToWrite() {
        contexts.withPropertyValues("spring.datasource.url=jdbc:h2:file:" + folder.resolve("plain"))
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .isInstanceOf(ConfigurationException.class)
                        .hasMessageContaining("jdbc:h2:async:PATH;DB_CLOSE_ON_EXIT=FALSE"));
    }

    @Test
    void anH2FileThatClosesItselfOnExitIsRefused() {
        contexts.withPropertyValues("spring.datasource.url=jdbc:h2:async:" + folder.resolve("closing"))
                .run(context ->
                        assertThat(context).getFailure().rootCause().hasMessageContaining("DB_CLOSE_ON_EXIT=FALSE"));
    }

    @Test
    void aDatabaseInMemoryIsTakenWithAWarning(CapturedOutput output) {
        contexts.withPropertyValues("spring.datasource.url=jdbc:h2:mem:warned").run(context -> {
            assertThat(context).hasSingleBean(JdbcStore.class);
            run(context.getBean(Orchestrator.class));
        });

        assertThat(output).contains("which lasts as long as this process");
    }

    @Test
    void memoryIsTakenIfThatIsSaid() {
        contexts.withPropertyValues("spring.datasource.url=" + safe(), "ralph.store=memory")
                .run(context -> assertThat(context).doesNotHaveBean(Store.class));
    }

    @Test
    void aFileOfRalphsOwnGoesBeforeTheDataSource() {
        contexts.withPropertyValues(
                        "spring.datasource.url=jdbc:h2:mem:other", "ralph.store-file=" + folder.resolve("own"))
                .run(context -> {
                    run(context.getBean(Orchestrator.class));
                    assertThat(context.getBean(JdbcStore.class))
                            .asString()
                            .contains(folder.resolve("own").toString());
                });
    }

    @Test
    void aDatabaseUnderTheLibrarysNameNeedsNoDataSource() {
        withoutDataSource
                .withPropertyValues("DATABASE_URL=" + safe())
                .run(context -> assertThat(context).hasSingleBean(JdbcStore.class));
    }

    @Test
    void aDatabaseInTheFolderOfSecretsNeedsNoDataSource() throws IOException {
        Files.writeString(folder.resolve("DATABASE_URL"), safe());
        withoutDataSource
                .withPropertyValues("ralph.secrets-dir=" + folder)
                .run(context -> assertThat(context.getBean(JdbcStore.class))
                        .asString()
                        .contains(folder.resolve("runs").toString()));
    }

    @Test
    void aReadOnlyCopyMayBeASecretBesideTheDataSource() throws IOException {
        Files.writeString(folder.resolve("DATABASE_READ_URL"), "mysql://copy/runs");
        contexts.withPropertyValues("spring.datasource.url=" + safe(), "ralph.secrets-dir=" + folder)
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .isInstanceOf(ConfigurationException.class)
                        .hasMessageContaining("the database URL is of no form Ralph knows"));
    }

    @Test
    void aDatabaseThatIsASecretGoesBeforeTheDataSource() {
        contexts.withPropertyValues("spring.datasource.url=jdbc:h2:mem:other")
                .withBean(
                        "vault",
                        SecretSource.class,
                        () -> name -> Optional.of(name)
                                .filter("DATABASE_URL"::equals)
                                .map(known -> new Secret(known, safe())))
                .run(context -> assertThat(context.getBean(JdbcStore.class))
                        .asString()
                        .contains(folder.resolve("runs").toString()));
    }

    @Test
    void aDatabaseUnderTwoNamesThatDifferIsRefused() {
        contexts.withPropertyValues("ralph.database-url=" + safe(), "DATABASE_URL=jdbc:h2:mem:other")
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .hasMessageContaining("ralph.database-url and DATABASE_URL are both set"));
        withoutDataSource
                .withPropertyValues("ralph.database-url=" + safe(), "DATABASE_URL=" + safe())
                .run(context -> assertThat(context).hasNotFailed());
    }

    @Test
    void theDatabaseIsLeftAloneIfTheApplicationHasAnOrchestratorOfItsOwn() {
        contexts.withPropertyValues("spring.datasource.url=" + safe())
                .withBean(
                        "theirs",
                        Orchestrator.class,
                        () -> Orchestrator.builder().build())
                .run(context -> assertThat(context).hasNotFailed());

        assertThat(folder.resolve("runs.mv.db")).doesNotExist();
    }

    @Test
    void aStoreOfTheApplicationGoesBeforeOurs() {
        contexts.withPropertyValues("spring.datasource.url=" + safe())
                .withBean(Store.class, () -> new InMemoryStore(InstantSource.system(), 10))
                .run(context -> assertThat(context)
                        .hasSingleBean(Store.class)
                        .doesNotHaveBean(JdbcStore.class)
                        .doesNotHaveBean(RunDatabase.class));
    }

    @Test
    void severalDataSourcesWithoutAPrimaryOneAreAnErrorThatTellsWhatToDo() {
        withoutDataSource
                .withBean("one", DataSource.class, HikariDataSource::new)
                .withBean("two", DataSource.class, HikariDataSource::new)
                .run(context -> assertThat(context)
                        .getFailure()
                        .hasStackTraceContaining("name the one for Ralph ralphDataSource"));
    }

    @Test
    void aDataSourceWithoutAutoCommitIsRefused() {
        contexts.withPropertyValues("spring.datasource.url=" + safe(), "spring.datasource.hikari.auto-commit=false")
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .hasMessageContaining("spring.datasource.hikari.auto-commit=false"));
    }

    @Test
    void keysOfPropertiesAndOfAnyPropertySourceAreUsed() {
        contexts.withPropertyValues("spring.datasource.url=" + safe(), "ralph.encryption-key=" + KEY)
                .run(context -> assertThat(context.getBean(JdbcStore.class).contentSeal())
                        .isPresent());
        contexts.withPropertyValues("spring.datasource.url=" + safe(), "ENCRYPTION_KEY=" + KEY, "AUDIT_KEY=" + KEY)
                .run(context -> assertThat(context.getBean(JdbcStore.class).contentSeal())
                        .isPresent());
        contexts.withPropertyValues("spring.datasource.url=" + safe())
                .run(context -> assertThat(context).getFailure().rootCause().hasMessageContaining("key"));
    }

    @Test
    void aBadValueOfTheDatabasesIsToldByItsName() {
        contexts.withPropertyValues("spring.datasource.url=" + safe(), "ralph.store-maintenance-hours=9999")
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .hasMessageContaining("RALPH_STORE_MAINTENANCE_HOURS '9999'"));
    }

    private String safe() {
        return "jdbc:h2:async:" + folder.resolve("runs") + ";DB_CLOSE_ON_EXIT=FALSE";
    }

    private RunResult run(Orchestrator ralph) throws InterruptedException {
        RunResult result = ralph.run(
                RunSpec.prompt("Say that it is done").workspace(folder).build());
        assertThat(result.completed()).isTrue();
        return result;
    }
}
