/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.ralph.ConfigurationException;
import dev.ralph.RalphException;
import dev.ralph.WorkspaceException;
import dev.ralph.spi.Secret;
import dev.ralph.spi.SecretSource;
import dev.ralph.workspace.GitRemote;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A secret reaches the remote that asks for it, and nothing else. */
@ExtendWith(SharedGit.class)
class RemoteCredentialsTest {

    private static final Logger LOG = LoggerFactory.getLogger(RemoteCredentialsTest.class);
    private static final String AUTHORIZATION = "Authorization: ";
    private static final String SECRET = "s3cr3t \"$HOME\" `x` %s \\n";

    private final GitRunner git;
    private final List<String> authorizations = new CopyOnWriteArrayList<>();
    private final List<GitCommand> commands = new CopyOnWriteArrayList<>();

    @TempDir
    Path temp = Path.of("");

    private @Nullable ServerSocket server;

    RemoteCredentialsTest(GitRunner git) {
        this.git = git;
    }

    @BeforeEach
    void startServer() throws IOException {
        ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        server = socket;
        Thread thread = new Thread(() -> serve(socket), "git-server");
        thread.setDaemon(true);
        thread.start();
    }

    @AfterEach
    void stopServer() throws IOException {
        if (server != null) {
            server.close();
        }
    }

    /** Demands credentials, notes them, and lets nobody in. */
    private void serve(ServerSocket socket) {
        while (!socket.isClosed()) {
            try (Socket connection = socket.accept()) {
                BufferedReader request = new BufferedReader(
                        new InputStreamReader(connection.getInputStream(), StandardCharsets.ISO_8859_1));
                List<String> given = request.lines()
                        .takeWhile(line -> !line.isEmpty())
                        .filter(line -> line.regionMatches(true, 0, AUTHORIZATION, 0, AUTHORIZATION.length()))
                        .map(line -> line.substring(AUTHORIZATION.length()))
                        .toList();
                authorizations.addAll(given);
                String status = given.isEmpty()
                        ? "401 Unauthorized\r\nWWW-Authenticate: Basic realm=\"test\""
                        : "403 Forbidden";
                connection
                        .getOutputStream()
                        .write(("HTTP/1.1 " + status + "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
                                .getBytes(StandardCharsets.ISO_8859_1));
            } catch (IOException e) {
                LOG.debug("The test is over, or git hung up", e);
            }
        }
    }

    @Test
    void aSecretAnswersTheRemoteAndIsInNoCommandLineAndNoMessage() {
        assertThatExceptionOfType(WorkspaceException.class)
                .isThrownBy(() -> list(remote().withSecret("TOKEN", "robot")))
                .withMessageContaining("cannot be reached")
                .withMessageNotContaining("s3cr3t");

        assertThat(authorizations).isNotEmpty().allMatch(basic("robot:" + SECRET)::equals);
        assertThat(commands)
                .allSatisfy(command -> assertThat(command.arguments()).noneMatch(word -> word.contains("s3cr3t")));
    }

    @Test
    void theUserIsGitUnlessNamed() {
        assertThatExceptionOfType(WorkspaceException.class).isThrownBy(() -> list(remote().withSecret("TOKEN", null)));

        assertThat(authorizations).isNotEmpty().allMatch(basic("git:" + SECRET)::equals);
    }

    @Test
    void withoutASecretNobodyIsAskedAndNothingHangs() {
        assertThatExceptionOfType(WorkspaceException.class)
                .isThrownBy(() -> list(remote()))
                .withMessageContaining("cannot be reached");

        assertThat(authorizations).isEmpty();
    }

    @Test
    void anotherHostIsNotAnswered() {
        RemoteCredentials credentials = RemoteCredentials.of(
                GitRemote.of("https://git.example.com:8443/x.git").withSecret("TOKEN", null), secrets(), hosts());

        assertThat(credentials.settings())
                .anyMatch(setting -> setting.startsWith("credential.https://git.example.com:8443.helper="));
    }

    @Test
    void aSecretIsSentToNoHostThatTheNodeDoesNotBindItTo() {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> list(remote().withSecret("DATABASE_PASSWORD", "u")))
                .withMessageContaining("'DATABASE_PASSWORD'")
                .withMessageContaining("DATABASE_PASSWORD@http://127.0.0.1:")
                .withMessageContaining("RALPH_GIT_SECRETS");

        assertThat(commands).as("git is not even called").isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example/x",
                "https://git.example.com/x",
                "http://git.example.com:8443/x",
                "https://git.example.com:8443.evil.example/x",
                "https://git.example.com:8443\\@evil.example/x",
                "https://git.example.com:8443?@evil.example/x",
                "https://git.example.com:8443#x@evil.example/",
                "https://git.example.com%3A8443@evil.example/x",
                "https://evil.example%2f@git.example.com:8443/x"
            })
    void whatIsNotPlainlyTheBoundHostIsRefused(String url) {
        assertThatExceptionOfType(RalphException.class)
                .isThrownBy(() -> list(GitRemote.of(url).withSecret("TOKEN", null)));

        assertThat(commands).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "T@git.example.com, https://git.example.com/x",
        "T@git.example.com, https://GIT.example.com:443/x",
        "T@git.example.com:443, https://git.example.com",
        "T@[::1]:8443, https://[::1]:8443/x",
        "T@http://git.example.com, http://git.example.com:80/x"
    })
    void portsAreThoseOfTheSchemeUnlessNamed(String bound, String url) {
        assertThat(SecretHosts.parse(" A@b.example , " + bound + " ,")
                        .require(GitRemote.of(url).withSecret("T", null)))
                .isEqualTo(url.replaceFirst("/x$", ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"TOKEN", "@host", "TOKEN@", "TOKEN@https://host/path", "TOKEN@ssh://host", "A@b c"})
    void whatBindsNothingIsNamed(String text) {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> SecretHosts.parse(text))
                .withMessageContaining("RALPH_GIT_SECRETS")
                .withMessageContaining("'" + text + "'");
    }

    @Test
    void whatGitSaysIsMasked() {
        RemoteCredentials credentials = RemoteCredentials.of(remote().withSecret("TOKEN", null), secrets(), hosts());

        assertThat(credentials.masked("fatal: https://a:b@host/x: " + SECRET))
                .isEqualTo("fatal: https://***@host/x: ***");
    }

    @Test
    void aSecretThatIsNotThereIsNamed() {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> new RemoteGit(
                                remote().withSecret("TOKEN", null),
                                name -> Optional.empty(),
                                hosts(),
                                git,
                                Duration.ofMinutes(1))
                        .list(temp, List.of()))
                .withMessageContaining("TOKEN");
    }

    private void list(GitRemote remote) throws InterruptedException {
        GitRunner recording = command -> {
            commands.add(command);
            return git.run(command);
        };
        new RemoteGit(remote, secrets(), hosts(), recording, Duration.ofMinutes(1)).list(temp, List.of());
    }

    private GitRemote remote() {
        if (server == null) {
            throw new IllegalStateException("only within a test");
        }
        return GitRemote.of("http://127.0.0.1:" + server.getLocalPort() + "/x.git");
    }

    private SecretHosts hosts() {
        return SecretHosts.parse("TOKEN@git.example.com:8443,"
                + remote().remote().replace("http://", "TOKEN@http://").replace("/x.git", ""));
    }

    private static SecretSource secrets() {
        return name -> Optional.of(new Secret(name, SECRET));
    }

    private static String basic(String userAndPassword) {
        return "Basic " + Base64.getEncoder().encodeToString(userAndPassword.getBytes(StandardCharsets.UTF_8));
    }
}
