/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.engine;

import static dev.ralph.loop.Playground.quick;
import static dev.ralph.loop.Playground.result;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.ralph.ConfigurationException;
import dev.ralph.Limits;
import dev.ralph.Orchestrator;
import dev.ralph.OrchestratorBuilder;
import dev.ralph.RunSpec;
import dev.ralph.StopReason;
import dev.ralph.loop.Playground;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class DiscoveryTest {

    private static final String AGENTS = "dev.ralph.spi.AgentAdapterProvider";

    @RegisterExtension
    final Playground play = new Playground();

    @Test
    void anAgentInAJarIsFoundAndUsed() throws Exception {
        Orchestrator ralph = play.start(with(jar("one.jar", "plugin.One", provider("One", "robot"))));

        assertThat(ralph.agents()).extracting(status -> status.id()).contains("command", "robot");
        assertThat(result(ralph.submit(quick(RunSpec.prompt("Do the task")
                                        .workspace(play.directory("w"))
                                        .agent("robot"))
                                .build()))
                        .reason())
                .isEqualTo(StopReason.COMPLETED);
    }

    @Test
    void twoProvidersOfOneIdAreAnErrorThatNamesBothJars() throws Exception {
        Path one = jar("one.jar", "plugin.One", provider("One", "robot"));
        Path two = jar("two.jar", "plugin.Two", provider("Two", "robot"));

        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> play.start(with(one, two)))
                .withMessageContaining("'robot'")
                .withMessageContaining("plugin.One")
                .withMessageContaining("one.jar")
                .withMessageContaining("plugin.Two")
                .withMessageContaining("two.jar");
    }

    @Test
    void anAgentThatIsRegisteredReplacesTheOneThatIsFound() throws Exception {
        Path jar = jar("one.jar", "plugin.One", provider("One", "robot"));
        Orchestrator ralph =
                play.start(with(jar).agent(play.agent("robot", "echo mine").build()));

        assertThat(result(ralph.submit(quick(RunSpec.prompt("Do the task")
                                        .workspace(play.directory("w"))
                                        .agent("robot")
                                        .limits(Limits.builder()
                                                .maxIterations(1)
                                                .build()))
                                .build()))
                        .reason())
                .isEqualTo(StopReason.MAX_ITERATIONS);
    }

    @Test
    void twoAgentsRegisteredUnderOneIdAreAnError() {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> play.start(Orchestrator.builder()
                        .agent(play.agent("robot", "echo 1").build())
                        .agent(play.agent("robot", "echo 2").build())))
                .withMessageContaining("'robot'");
    }

    @Test
    void aServiceFileThatNamesNothingIsAClearError() throws Exception {
        Path jar = jar("broken.jar", "plugin.Gone", null);

        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> play.start(with(jar)))
                .withMessageContaining("plugin.Gone")
                .withMessageContaining("remove its jar");
    }

    @Test
    void aProviderThatCannotBeMadeIsAClearError() throws Exception {
        String source =
                provider("Bad", "robot").replace("public Bad() {}", "public Bad() { throw new Error(\"no luck\"); }");
        Path jar = jar("bad.jar", "plugin.Bad", source);

        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> play.start(with(jar)))
                .withMessageContaining("plugin.Bad");
    }

    @Test
    void aStoreThatIsConfiguredButMissingFails() {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> play.start(Orchestrator.builder().property("RALPH_STORE", "jdbc")))
                .withMessageContaining("RALPH_STORE is 'jdbc'")
                .withMessageContaining("memory");
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> play.start(Orchestrator.builder().property("RALPH_DISPATCHER", "db")))
                .withMessageContaining("RALPH_DISPATCHER is 'db'");
    }

    private OrchestratorBuilder with(Path... jars) throws IOException {
        List<URL> urls = new ArrayList<>();
        for (Path jar : jars) {
            urls.add(jar.toUri().toURL());
        }
        URLClassLoader loader =
                play.closing(new URLClassLoader(urls.toArray(new URL[0]), DiscoveryTest.class.getClassLoader()));
        return Orchestrator.builder().classLoader(loader);
    }

    private static String provider(String name, String id) {
        return """
                package plugin;
                import dev.ralph.spi.*;
                public final class %1$s implements AgentAdapterProvider, AgentAdapter {
                    public %1$s() {}
                    public String id() { return "%2$s"; }
                    public AgentAdapter create(ProviderContext context) { return this; }
                    public UsageReporting usageReporting() { return UsageReporting.FINAL; }
                    public AgentProbe probe() { return AgentProbe.ready("1"); }
                    public AgentOutcome invoke(AgentInvocation invocation, AgentListener listener) {
                        return new AgentOutcome.Finished("LOOP_COMPLETE", false, UsageReport.NOTHING);
                    }
                }
                """.formatted(name, id);
    }

    private Path jar(String name, String type, @Nullable String source) throws Exception {
        Path classes = Files.createDirectories(play.file(name + ".classes"));
        if (source != null) {
            compile(type, source, classes);
        }
        Path jar = play.file(name);
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream entries = new JarOutputStream(file);
                Stream<Path> found = Files.walk(classes)) {
            entries.putNextEntry(new JarEntry("META-INF/services/" + AGENTS));
            entries.write(type.getBytes(StandardCharsets.UTF_8));
            for (Path path : found.filter(Files::isRegularFile).toList()) {
                entries.putNextEntry(new JarEntry(classes.relativize(path).toString()));
                entries.write(Files.readAllBytes(path));
            }
        }
        return jar;
    }

    private void compile(String type, String source, Path classes) throws Exception {
        Path file = Files.writeString(
                Files.createDirectories(play.file("src")).resolve(type.substring(type.lastIndexOf('.') + 1) + ".java"),
                source);
        String core = Orchestrator.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .getPath();
        Process javac = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "javac").toString(),
                        "-proc:none",
                        "-d",
                        classes.toString(),
                        "-cp",
                        core,
                        file.toString())
                .redirectErrorStream(true)
                .start();
        String output = new String(javac.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(javac.waitFor()).as(output).isZero();
    }
}
