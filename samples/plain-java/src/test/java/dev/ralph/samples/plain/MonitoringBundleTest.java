/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.plain;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The files that watch Ralph fit to what it measures and to each other, as far as that is seen without Prometheus. */
class MonitoringBundleTest {

    /** Of Prometheus, of the kubelet, and of Micrometer's own binders. */
    private static final Set<String> OTHERS = Set.of(
            "up",
            "ALERTS",
            "container_memory_usage_bytes",
            "container_spec_memory_limit_bytes",
            "process_cpu_usage",
            "system_cpu_usage",
            "jvm_memory_used_bytes",
            "jvm_gc_pause_seconds_sum");

    private static final Set<String> OTHER_LABELS =
            Set.of("job", "instance", "le", "pod", "alertstate", "alertname", "area");

    private static final Path SOURCES = Path.of("src", "test", "java", "dev", "ralph", "samples", "plain");

    private static final Pattern LINK = Pattern.compile("]\\(([^)#]+)");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "alerts.yml",
                "service-levels.yml",
                "prometheus.yaml",
                "prometheus-hosts.yaml",
                "targets.yml",
                "tests/alerts_test.yml",
                "tests/service-levels_test.yml"
            })
    void itsYamlCanBeRead(String file) throws IOException {
        assertThat(MonitoringBundle.yaml(file).isEmpty()).isFalse();
    }

    @Test
    void everyMetricAndLabelExists() throws IOException {
        DocumentedMetrics documented = DocumentedMetrics.read();
        Set<String> metrics = new TreeSet<>(OTHERS);
        metrics.addAll(documented.series());
        metrics.addAll(MonitoringBundle.recorded());
        Set<String> labels = new TreeSet<>(OTHER_LABELS);
        labels.addAll(documented.tags());

        assertThat(expressions()).hasSizeGreaterThan(80).allSatisfy(expression -> {
            PromQl mentioned = new PromQl(expression);
            assertThat(metrics).containsAll(mentioned.metrics());
            assertThat(labels).containsAll(mentioned.labels());
        });
    }

    @Test
    void whatIsRecordedIsUsed() throws IOException {
        Set<String> used = new TreeSet<>();
        expressions().forEach(expression -> used.addAll(new PromQl(expression).metrics()));

        assertThat(used).containsAll(MonitoringBundle.recorded());
    }

    @Test
    void anExpressionMentionsItsMetricsAndLabels() {
        PromQl expression =
                new PromQl("histogram_quantile(0.95, sum by (job, le) (rate(a_bucket{b=\"c d\", e=~\"f\"}[5m])))"
                        + " > 0.5 and on (g) job:h:avg5m or i * 14.4");

        assertThat(expression.metrics()).containsExactly("a_bucket", "i", "job:h:avg5m");
        assertThat(expression.labels()).containsExactly("b", "e", "g", "job", "le");
    }

    @Test
    void everyAlertSaysWhatIsWrongAndWhereToReadOn() throws IOException {
        for (JsonNode rule : MonitoringBundle.rules(MonitoringBundle.ALERTS)) {
            String name = rule.get("alert").asText();
            assertThat(rule.at("/labels/severity").asText()).as(name).isIn("critical", "warning");
            assertThat(rule.at("/annotations/summary").asText()).as(name).isNotBlank();
            assertThat(rule.at("/annotations/description").asText()).as(name).isNotBlank();
            assertThat(rule.at("/annotations/runbook_url").asText()).isEqualTo("runbooks/" + name + ".md");
        }
    }

    @Test
    void everyAlertHasAPageAndEveryPageAnAlert() throws IOException {
        List<String> pages = new ArrayList<>();
        for (Path page : MonitoringBundle.files("runbooks")) {
            String name = page.getFileName().toString().replace(".md", "");
            pages.add(name);
            assertThat(Files.readString(page)).startsWith("# " + name + "\n").contains("## Look", "## Do");
        }
        assertThat(pages).containsExactlyInAnyOrderElementsOf(MonitoringBundle.alertNames());
    }

    @Test
    void everyAlertIsInTheTableAndIsTestedToFireAndNotTo() throws IOException {
        String table = MonitoringBundle.text("README.md");
        List<String> fires = new ArrayList<>();
        List<String> silent = new ArrayList<>();
        for (JsonNode test : MonitoringBundle.yaml("tests/alerts_test.yml").get("tests")) {
            for (JsonNode alert : test.path("alert_rule_test")) {
                (alert.has("exp_alerts") ? fires : silent)
                        .add(alert.get("alertname").asText());
            }
        }
        assertThat(MonitoringBundle.alertNames()).allSatisfy(name -> {
            assertThat(table).contains("`" + name + "`");
            assertThat(fires).contains(name);
            assertThat(silent).contains(name);
        });
    }

    /** Only where there is a Prometheus: {@code -Pmonitoring}. */
    @Test
    void everyAlertIsCausedForReal() throws IOException {
        String tests = Files.readString(SOURCES.resolve("RunAlertsTest.java"))
                + Files.readString(SOURCES.resolve("NodeAlertsTest.java"));
        assertThat(MonitoringBundle.rules(MonitoringBundle.ALERTS))
                .allSatisfy(rule -> assertThat(tests)
                        .containsPattern("\"" + rule.get("alert").asText() + "\", "
                                + rule.at("/labels/severity").asText().toUpperCase(Locale.ROOT)));
    }

    @Test
    void pagesLinkToPagesThatAreThere() throws IOException {
        List<Path> pages = new ArrayList<>(MonitoringBundle.files("runbooks"));
        pages.add(MonitoringBundle.FOLDER.resolve("README.md"));
        for (Path page : pages) {
            Matcher link = LINK.matcher(Files.readString(page));
            while (link.find()) {
                assertThat(page.resolveSibling(link.group(1)).normalize()).exists();
            }
        }
    }

    @Test
    void theDashboardCanBeImportedAnywhere() throws IOException {
        JsonNode dashboard = MonitoringBundle.dashboard();
        Set<Integer> ids = new TreeSet<>();
        for (JsonNode panel : dashboard.get("panels")) {
            assertThat(ids.add(panel.get("id").asInt()))
                    .as(panel.get("title").asText())
                    .isTrue();
            assertThat(panel.at("/gridPos/x").asInt() + panel.at("/gridPos/w").asInt())
                    .isLessThanOrEqualTo(24);
        }
        assertThat(dashboard.findValues("datasource"))
                .filteredOn(JsonNode::isObject)
                .isNotEmpty()
                .allSatisfy(source -> assertThat(source.get("uid").asText()).isEqualTo("${datasource}"));
    }

    private static List<String> expressions() throws IOException {
        List<String> expressions = new ArrayList<>(MonitoringBundle.dashboardExpressions());
        for (String file : List.of(MonitoringBundle.ALERTS, MonitoringBundle.SERVICE_LEVELS)) {
            MonitoringBundle.rules(file)
                    .forEach(rule -> expressions.add(rule.get("expr").asText()));
        }
        return expressions;
    }
}
