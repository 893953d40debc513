/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.spring.boot.properties;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.json.JsonParserFactory;

/** What IDEs offer is what there is, and what the documentation says. */
class PropertyMetadataTest {

    private static final Path DOCUMENT = Path.of("..", "docs", "spring.md");
    private static final Pattern ROW = Pattern.compile("^\\| `(ralph\\.[^`]+)` \\|[^|]+\\| ([^|]+) \\|$");

    @Test
    void everyPropertyHasADescription() throws IOException {
        assertThat(metadata())
                .isNotEmpty()
                .allSatisfy((name, property) -> assertThat(String.valueOf(property.get("description")))
                        .as(name)
                        .hasSizeGreaterThan(10)
                        .endsWith("."));
    }

    @Test
    void everyPropertyThatIsReadIsOffered() throws IOException {
        Set<String> read = new TreeSet<>();
        Stream.of(
                        RalphProperties.class,
                        ClientProperties.class,
                        DatabaseProperties.class,
                        CacheProperties.class,
                        HostProperties.class)
                .flatMap(type -> Stream.of(type.getRecordComponents()))
                .map(RecordComponent::getName)
                .forEach(name -> read.add("ralph." + LibraryValues.kebab(name)));

        assertThat(metadata().keySet()).containsExactlyInAnyOrderElementsOf(read);
    }

    @Test
    void whatIsDocumentedIsWhatIsOfferedWithTheSameDefaults() throws IOException {
        Map<String, String> documented = new TreeMap<>();
        for (String line : Files.readAllLines(DOCUMENT)) {
            Matcher row = ROW.matcher(line);
            if (row.matches() && !row.group(1).contains("<id>")) {
                documented.put(row.group(1), row.group(2).replace("`", ""));
            }
        }
        Map<String, String> offered = new TreeMap<>();
        metadata().forEach((name, property) -> {
            Object value = property.get("defaultValue");
            if (!name.equals("ralph.agents")) {
                offered.put(name, value == null ? "–" : String.valueOf(value));
            }
        });

        assertThat(documented).isEqualTo(offered);
    }

    @Test
    void theLibrarysNamesAreTheOnesItReads() {
        assertThat(LibraryValues.names(RalphProperties.class))
                .containsEntry("max-cost", "RALPH_MAX_COST")
                .containsEntry("encryption-key", "ENCRYPTION_KEY");
        assertThat(RalphSettings.propertyOf("DATABASE_URL")).contains("ralph.database-url");
        assertThat(RalphSettings.propertyOf("RALPH_MAX_COST")).contains("ralph.max-cost");
        assertThat(RalphSettings.propertyOf("JAVA_HOME")).isEmpty();
    }

    private static Map<String, Map<?, ?>> metadata() throws IOException {
        try (InputStream file = Objects.requireNonNull(
                RalphProperties.class.getResourceAsStream("/META-INF/spring-configuration-metadata.json"))) {
            String text = new String(file.readAllBytes(), StandardCharsets.UTF_8);
            Map<String, Map<?, ?>> properties = new LinkedHashMap<>();
            List<?> entries = (List<?>) Objects.requireNonNull(
                    JsonParserFactory.getJsonParser().parseMap(text).get("properties"));
            for (Object entry : entries) {
                Map<?, ?> property = (Map<?, ?>) entry;
                properties.put(String.valueOf(property.get("name")), property);
            }
            return properties;
        }
    }
}
