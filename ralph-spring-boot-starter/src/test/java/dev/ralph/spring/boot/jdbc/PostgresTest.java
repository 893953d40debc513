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
import dev.ralph.RunResult;
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
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.OffsetDateTime;
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

    private static final int CONNECTIONS = 5;

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
        Path launches = folder.resolve("launches");
        Path go = folder.resolve("go");
        contexts.withPropertyValues(
                        "ralph.agents.writer.command=sh,-c,cat >/dev/null; echo launched >> " + launches
                                + "; while [ ! -e " + go + " ]; do sleep 0.05; done; echo LOOP_COMPLETE",
                        "ralph.lease-ttl=5s",
                        "ralph.lease-margin=2s",
                        "spring.datasource.hikari.maximum-pool-size=" + CONNECTIONS)
                .run(context -> {
                    JdbcStore store = context.getBean(JdbcStore.class);
                    Run run = context.getBean(Orchestrator.class)
                            .submit(RunSpec.prompt("Say that it is done")
                                    .workspace(Files.createDirectory(folder.resolve("workspace")))
                                    .build());
                    Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> Files.exists(launches));
                    Awaitility.await().atMost(Duration.ofSeconds(30)).until(store::seesRemoteChanges);
                    List<Connection> taken = new ArrayList<>();
                    for (int i = 0; i < CONNECTIONS; i++) {
                        taken.add(context.getBean(HikariDataSource.class).getConnection());
                    }

                    OffsetDateTime end = leaseEnd();
                    Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> isOver(end));

                    assertThat(leaseEnd()).isAfter(end);
                    assertThat(store.seesRemoteChanges()).isTrue();
                    for (Connection connection : taken) {
                        connection.close();
                    }
                    Files.createFile(go);
                    RunResult result = run.await(Duration.ofSeconds(60)).orElseThrow();
                    assertThat(result.completed()).isTrue();
                    assertThat(result.attempts()).isOne();
                    assertThat(launches).hasContent("launched");
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

    /** Of the only run, by a connection that is none of the application's. */
    private OffsetDateTime leaseEnd() throws SQLException {
        try (Connection connection = DriverManager.getConnection(url());
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT lease_until FROM ralph.orchestrations")) {
            assertThat(row.next()).isTrue();
            return row.getObject(1, OffsetDateTime.class);
        }
    }

    private boolean isOver(OffsetDateTime end) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url());
                PreparedStatement statement = connection.prepareStatement("SELECT clock_timestamp() > ?")) {
            statement.setObject(1, end);
            try (ResultSet row = statement.executeQuery()) {
                assertThat(row.next()).isTrue();
                return row.getBoolean(1);
            }
        }
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
