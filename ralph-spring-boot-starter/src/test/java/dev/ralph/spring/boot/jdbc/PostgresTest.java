/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.spring.boot.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.util.Credentials;
import dev.ralph.Orchestrator;
import dev.ralph.Run;
import dev.ralph.RunSpec;
import dev.ralph.spi.Dispatcher;
import dev.ralph.spring.boot.RalphAutoConfiguration;
import dev.ralph.spring.boot.RalphLifecycle;
import dev.ralph.store.jdbc.DbSchedulerDispatcher;
import dev.ralph.store.jdbc.JdbcStore;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

@Tag("integration")
class PostgresTest {

    private final HttpClient http = HttpClient.newHttpClient();

    @SuppressWarnings("NullAway.Init")
    private EmbeddedPostgres server;

    @SuppressWarnings("NullAway.Init")
    private ApplicationContextRunner contexts;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @BeforeEach
    void start() throws IOException {
        server = EmbeddedPostgres.start();
        contexts = new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        RalphAutoConfiguration.class,
                        RalphJdbcAutoConfiguration.class,
                        DataSourceAutoConfiguration.class))
                .withPropertyValues(properties());
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    @Test
    void nodesShareTheQueueAndFindEachOthersRuns() {
        contexts.withPropertyValues("ralph.dispatcher=submit-only").run(submitting -> {
            assertThat(submitting.getBean(Dispatcher.class).works()).isFalse();
            Run run = submitting
                    .getBean(Orchestrator.class)
                    .submit(RunSpec.prompt("Say that it is done")
                            .workspace(folder)
                            .build());
            contexts.run(working -> {
                assertThat(working.getBean(Dispatcher.class)).isInstanceOf(DbSchedulerDispatcher.class);
                assertThat(run.await(Duration.ofSeconds(60)).orElseThrow().completed())
                        .isTrue();
            });
        });
    }

    @Test
    void leasesAndSignalsDoNotWaitForConnectionsOfTheApplication() {
        contexts.withPropertyValues("spring.datasource.hikari.maximum-pool-size=5")
                .run(context -> {
                    HikariDataSource source = context.getBean(HikariDataSource.class);
                    assertThat(context.getBean(JdbcStore.class).seesRemoteChanges())
                            .isTrue();
                    List<Connection> taken = new ArrayList<>();
                    for (int i = 0; i < 5; i++) {
                        taken.add(source.getConnection());
                    }
                    assertThat(context.getBean(Dispatcher.class)
                                    .healthProbes()
                                    .get(0)
                                    .check()
                                    .status())
                            .asString()
                            .isNotEqualTo("DOWN");
                    for (Connection connection : taken) {
                        connection.close();
                    }
                });
    }

    @Test
    void poolsConnectByTheConnectionDetailsIfTheDataSourceDoesNotTellHow() throws Exception {
        try (DerivedPools pools = DerivedPools.of(
                new DriverManagerDataSource(url(), "postgres", "postgres"),
                () -> Optional.of(new DerivedPools.Login(url(), "postgres", "postgres")))) {
            try (Connection connection =
                    pools.open("ralph-test", 1).orElseThrow().getConnection()) {
                assertThat(connection.isValid(1)).isTrue();
            }
        }
    }

    @Test
    void poolsLogInAsTheApplicationsNextConnectionWould() throws Exception {
        try (HikariDataSource source = new HikariDataSource()) {
            // What an URL says of the user would win.
            source.setJdbcUrl(url().replaceAll("\\?.*", ""));
            source.setCredentials(Credentials.of("postgres", "postgres"));
            try (DerivedPools pools = DerivedPools.of(source, Optional::empty);
                    HikariDataSource derived =
                            (HikariDataSource) pools.open("ralph-test", 1).orElseThrow()) {
                try (Connection connection = derived.getConnection();
                        Statement statement = connection.createStatement()) {
                    statement.execute("CREATE ROLE rotated SUPERUSER LOGIN PASSWORD 'rotated'");
                    source.setCredentials(Credentials.of("rotated", "rotated"));
                    derived.getHikariPoolMXBean().softEvictConnections();
                }
                try (Connection connection = derived.getConnection()) {
                    assertThat(connection.getMetaData().getUserName()).isEqualTo("rotated");
                }
            }
        }
    }

    @Test
    void localDispatchIsTakenIfThatIsSaid() {
        contexts.withPropertyValues("ralph.dispatcher=local").run(context -> {
            assertThat(context.getBeanProvider(Dispatcher.class).getIfAvailable())
                    .isNull();
            assertThat(context.getBean(RalphLifecycle.class).isRunning()).isTrue();
        });
    }

    @Test
    void aLostDatabaseMakesTheNodeNotReadyAndNeverDead() throws Exception {
        SpringApplication application = new SpringApplication(Host.class);
        List<String> arguments = new ArrayList<>();
        for (String property : properties()) {
            arguments.add("--" + property);
        }
        arguments.add("--server.port=0");
        arguments.add("--management.endpoint.health.show-details=always");
        arguments.add("--spring.datasource.hikari.connection-timeout=1000");
        try (ConfigurableApplicationContext context = application.run(arguments.toArray(String[]::new))) {
            int port = Integer.parseInt(context.getEnvironment().getProperty("local.server.port", "0"));
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .untilAsserted(() ->
                            assertThat(get(port, "/readiness").statusCode()).isEqualTo(200));
            assertThat(get(port, "/liveness").statusCode()).isEqualTo(200);
            assertThat(get(port, "").body()).contains("\"ralph\"", "cpuUsage").doesNotContain("ralphReadiness");

            server.close();

            Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
                HttpResponse<String> ready = get(port, "/readiness");
                assertThat(ready.statusCode()).isEqualTo(503);
                assertThat(ready.body()).contains("OUT_OF_SERVICE");
            });
            assertThat(get(port, "/liveness").statusCode()).isEqualTo(200);
            assertThat(get(port, "/ralph").body()).contains("\"database\":{\"status\":\"DOWN\"");
        }
    }

    private HttpResponse<String> get(int port, String group) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/actuator/health" + group))
                        .timeout(Duration.ofSeconds(20))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private String url() {
        return server.getJdbcUrl("postgres", "postgres");
    }

    private String[] properties() {
        return new String[] {
            "ralph.agents.writer.command=sh,-c,cat >/dev/null; echo LOOP_COMPLETE",
            "ralph.agent=writer",
            "spring.datasource.url=" + url(),
            "spring.datasource.username=postgres",
            "spring.datasource.password=postgres"
        };
    }

    @EnableAutoConfiguration
    static class Host {}
}
