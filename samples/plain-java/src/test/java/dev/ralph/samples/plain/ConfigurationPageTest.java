/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.plain;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code docs/configuration.md} has the names that the sources have, and no others. */
class ConfigurationPageTest {

    private static final Path ROOT = Path.of("..", "..");

    /** The starter and the Spring host have pages of their own. */
    private static final List<String> MODULES = List.of(
            "ralph-core",
            "ralph-agents-claude",
            "ralph-agents-gemini",
            "ralph-store-jdbc",
            "ralph-cache-redis",
            "samples/plain-java",
            "samples/custom-agent");

    private static final Pattern LITERAL = Pattern.compile("\"([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)\"");
    private static final Pattern CODE = Pattern.compile("`([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)`");

    /** Names that look like configuration and are none. */
    private static final Set<String> NOT_READ = Set.of(
            // Set by Ralph in the environment of git.
            "GIT_ALLOW_PROTOCOL",
            "GIT_ASKPASS",
            "GIT_ATTR_NOSYSTEM",
            "GIT_CEILING_DIRECTORIES",
            "GIT_DIR",
            "GIT_DISCOVERY_ACROSS_FILESYSTEM",
            "GIT_EDITOR",
            "GIT_INDEX_FILE",
            "GIT_LITERAL_PATHSPECS",
            "GIT_NO_LAZY_FETCH",
            "GIT_NO_REPLACE_OBJECTS",
            "GIT_OBJECT_DIRECTORY",
            "GIT_OPTIONAL_LOCKS",
            "GIT_PAGER",
            "GIT_TERMINAL_PROMPT",
            "GIT_WORK_TREE",
            "LC_ALL",
            "RALPH_REMOTE_PASSWORD",
            "RALPH_REMOTE_USER",
            "SSH_ASKPASS",
            "SSH_ASKPASS_REQUIRE",
            // Set by Ralph in the environment of agents.
            "CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC",
            "CLAUDE_CODE_MAX_RETRIES",
            "DISABLE_AUTOUPDATER",
            "DISABLE_ERROR_REPORTING",
            "DISABLE_TELEMETRY",
            "GEMINI_CLI_HOME",
            "GEMINI_CLI_NO_RELAUNCH",
            "GEMINI_CLI_TRUST_WORKSPACE",
            "RALPH_PROCESS",
            // What the probes of agents look for to say that it is not supported, or that a host sets it up itself.
            "CLAUDE_CODE_USE_BEDROCK",
            "CLAUDE_CODE_USE_VERTEX",
            "GOOGLE_GENAI_USE_VERTEXAI",
            // Words of other languages: a service's, a database's, an agent's.
            "API_KEY_INVALID",
            "CHECKPOINT_FAILED",
            "CURRENT_TIMESTAMP",
            "LOOP_COMPLETE",
            "TRANSACTION_READ_COMMITTED");

    @Test
    void everyNameThatCodeReadsStandsOnThePage() throws IOException {
        Set<String> missing = inSources();
        missing.removeAll(NOT_READ);
        missing.removeAll(onPage());

        assertThat(missing)
                .as("names to add to docs/configuration.md, or to NOT_READ here with the reason")
                .isEmpty();
    }

    @Test
    void everyNameOnThePageIsReadByCode() throws IOException {
        Set<String> unread = onPage();
        unread.removeAll(inSources());

        assertThat(unread)
                .as("names on docs/configuration.md that nobody reads")
                .isEmpty();
    }

    @Test
    void whatIsNoConfigurationIsStillInTheSourcesAndNotOnThePage() throws IOException {
        assertThat(inSources()).containsAll(NOT_READ);
        assertThat(onPage()).doesNotContainAnyElementsOf(NOT_READ);
    }

    /** The first cells of the tables' rows. */
    private static Set<String> onPage() throws IOException {
        return Files.readAllLines(ROOT.resolve("docs/configuration.md")).stream()
                .filter(line -> line.startsWith("| `"))
                .map(line -> line.split("\\|", -1)[1])
                .flatMap(cell -> CODE.matcher(cell).results())
                .map(found -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> inSources() {
        return MODULES.stream()
                .map(module -> ROOT.resolve(module).resolve("src/main/java"))
                .flatMap(ConfigurationPageTest::literals)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Stream<String> literals(Path sources) {
        try (Stream<Path> files = Files.walk(sources)) {
            return files
                    .filter(file -> file.toString().endsWith(".java"))
                    .flatMap(file -> LITERAL.matcher(read(file)).results())
                    .map(found -> found.group(1))
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
