/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.plain;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The files that watch Ralph, as they are in the source tree. */
final class MonitoringBundle {

    static final Path FOLDER = Path.of("..", "spring-boot", "deploy", "monitoring");

    static final String ALERTS = "alerts.yml";
    static final String SERVICE_LEVELS = "service-levels.yml";
    static final String HOSTS = "prometheus-hosts.yaml";
    static final String TARGETS = "targets.yml";
    static final String DASHBOARD = "grafana/ralph.json";

    private MonitoringBundle() {}

    static String text(String file) throws IOException {
        return Files.readString(FOLDER.resolve(file));
    }

    static JsonNode yaml(String file) throws IOException {
        return new ObjectMapper(new YAMLFactory()).readTree(text(file));
    }

    static JsonNode dashboard() throws IOException {
        return new ObjectMapper().readTree(text(DASHBOARD));
    }

    /** The alerts and recording rules of a file. */
    static List<JsonNode> rules(String file) throws IOException {
        List<JsonNode> rules = new ArrayList<>();
        yaml(file).get("groups").forEach(group -> group.get("rules").forEach(rules::add));
        return rules;
    }

    /** What alerts are called. Several may share a name. */
    static List<String> alertNames() throws IOException {
        return rules(ALERTS).stream()
                .map(rule -> rule.get("alert").asText())
                .distinct()
                .toList();
    }

    /** What recording rules record. */
    static List<String> recorded() throws IOException {
        return rules(SERVICE_LEVELS).stream()
                .map(rule -> rule.get("record").asText())
                .toList();
    }

    /** What the panels of the dashboard ask, with Grafana's variables in it. */
    static List<String> dashboardExpressions() throws IOException {
        return dashboard().findValuesAsText("expr");
    }

    /** The files of a folder of the bundle. */
    static List<Path> files(String folder) throws IOException {
        try (Stream<Path> files = Files.list(FOLDER.resolve(folder))) {
            return files.sorted().toList();
        }
    }
}
