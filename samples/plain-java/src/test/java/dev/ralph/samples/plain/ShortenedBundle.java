/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.plain;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The bundle in a folder of its own, as it is but for its times, which are those of a test. Its README has the table. */
final class ShortenedBundle {

    private static final Map<String, String> TIMES = Map.ofEntries(
            Map.entry("15s", "1s"),
            Map.entry("30s", "1s"),
            Map.entry("1m", "2s"),
            Map.entry("2m", "2s"),
            Map.entry("5m", "10s"),
            Map.entry("15m", "10s"),
            Map.entry("30m", "15s"),
            Map.entry("1h", "20s"),
            Map.entry("6h", "30s"),
            Map.entry("1d", "60s"),
            Map.entry("30d", "10m"));

    /** It must reach from before a lease was lost until somebody has looked. */
    private static final Map<String, String> RANGES = Map.of("15m", "60s");

    /** Comparisons with a time in seconds. */
    private static final Map<String, String> THRESHOLDS = Map.of(
            "ralph_task_duration_seconds > 14400",
            "ralph_task_duration_seconds > 25",
            "ralph_runs_idle_seconds > 1800",
            "ralph_runs_idle_seconds > 10",
            "max by (job) (ralph_queue_age_seconds) > 900",
            "max by (job) (ralph_queue_age_seconds) > 10");

    /** A range, or the value of a key that is a time. */
    private static final Pattern TIME = Pattern.compile("(\\[|for: |interval: )(\\d+[smhd])\\b");

    private final Path folder;

    private ShortenedBundle(Path folder) {
        this.folder = folder;
    }

    static ShortenedBundle in(Path folder) throws IOException {
        Files.createDirectories(folder);
        String alerts = MonitoringBundle.text(MonitoringBundle.ALERTS);
        for (Map.Entry<String, String> threshold : THRESHOLDS.entrySet()) {
            assertThat(alerts).containsOnlyOnce(threshold.getKey());
            alerts = alerts.replace(threshold.getKey(), threshold.getValue());
        }
        Files.writeString(folder.resolve(MonitoringBundle.ALERTS), shortened(alerts));
        Files.writeString(
                folder.resolve(MonitoringBundle.SERVICE_LEVELS),
                shortened(MonitoringBundle.text(MonitoringBundle.SERVICE_LEVELS)));
        ShortenedBundle bundle = new ShortenedBundle(folder);
        bundle.configure("");
        bundle.watch();
        return bundle;
    }

    private static String shortened(String text) {
        return TIME.matcher(text).replaceAll(ShortenedBundle::shorter);
    }

    private static String shorter(MatchResult time) {
        String instead = TIMES.get(time.group(2));
        if (time.group(1).equals("[")) {
            instead = RANGES.getOrDefault(time.group(2), instead);
        }
        assertThat(instead).as("how long a test takes for %s", time.group(2)).isNotNull();
        return time.group(1) + instead;
    }

    private void configure(String more) throws IOException {
        // Nobody is told of a test's alerts: nothing listens on the discard port.
        String configuration =
                shortened(MonitoringBundle.text(MonitoringBundle.HOSTS)).replace("localhost:9093", "127.0.0.1:9");
        Files.writeString(configuration(), configuration + more);
    }

    /** Has a page of the kubelet's scraped too. */
    void kubelet(int port) throws IOException {
        configure("  - job_name: kubelet-cadvisor\n    static_configs:\n      - targets: ['127.0.0.1:" + port + "']\n");
    }

    /** Scrapes these, and no others. Prometheus sees that at once. */
    void watch(Endpoint... nodes) throws IOException {
        String targets = List.of(nodes).stream()
                .map(node -> "'" + node.authority() + "'")
                .collect(Collectors.joining(", "));
        Path next = Files.writeString(folder.resolve("targets.tmp"), "- targets: [" + targets + "]\n");
        Files.move(
                next,
                folder.resolve(MonitoringBundle.TARGETS),
                StandardCopyOption.REPLACE_EXISTING,
                StandardCopyOption.ATOMIC_MOVE);
    }

    Path configuration() {
        return folder.resolve(MonitoringBundle.HOSTS);
    }

    Path data() {
        return folder.resolve("data");
    }
}
