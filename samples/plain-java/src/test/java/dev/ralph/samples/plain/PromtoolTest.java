/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.plain;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Prometheus' own tool says of the bundle, and its unit tests of the rules. */
@Tag("monitoring")
class PromtoolTest {

    private static final Path BUNDLE = MonitoringBundle.FOLDER;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @Test
    void theRulesAreValid() throws Exception {
        assertThat(promtool(BUNDLE, "check", "rules", MonitoringBundle.ALERTS, MonitoringBundle.SERVICE_LEVELS))
                .contains("SUCCESS");
    }

    @Test
    void theConfigurationForHostsIsValid() throws Exception {
        assertThat(promtool(BUNDLE, "check", "config", MonitoringBundle.HOSTS)).contains("SUCCESS");
    }

    /** Debian's is built without discovery in Kubernetes: what is left of the file without that is checked. */
    @Test
    void theConfigurationForKubernetesIsValidAsFarAsDebiansKnowsIt() throws Exception {
        String text = MonitoringBundle.text("prometheus.yaml");
        String discovery = "    kubernetes_sd_configs:\n      - role: ";
        assertThat(text.split(discovery, -1)).hasSize(3);
        for (String file : List.of(MonitoringBundle.ALERTS, MonitoringBundle.SERVICE_LEVELS)) {
            Files.writeString(folder.resolve(file), MonitoringBundle.text(file));
        }
        String without = text.replaceAll("(?m)^    kubernetes_sd_configs:\\n(      .*\\n)+", "    static_configs: []\n")
                .replaceAll("/var/run/secrets/[a-z./]+", "/dev/null");
        Files.writeString(folder.resolve("prometheus.yaml"), without);

        assertThat(promtool(folder, "check", "config", "prometheus.yaml")).contains("SUCCESS");
    }

    @Test
    void theUnitTestsOfTheRulesPass() throws Exception {
        List<String> arguments = new ArrayList<>(List.of("test", "rules"));
        MonitoringBundle.files("tests").forEach(file -> arguments.add("tests/" + file.getFileName()));
        assertThat(arguments).hasSize(4);

        assertThat(promtool(BUNDLE, arguments.toArray(String[]::new))).contains("SUCCESS");
    }

    private static String promtool(Path folder, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("promtool"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as("%s: %s", command, output).isZero();
        return output;
    }
}
