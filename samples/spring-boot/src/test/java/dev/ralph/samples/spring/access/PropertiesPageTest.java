/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.spring.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ralph.samples.spring.catalog.HostProperties;
import dev.ralph.samples.spring.edge.EdgeSettings;
import dev.ralph.samples.spring.keys.KeySettings;
import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.ConfigurationProperties;

class PropertiesPageTest {

    private static final Pattern FIRST_CELL = Pattern.compile("^\\| `(host\\.[^`]+)` \\|");

    @Test
    void thePageHasEveryPropertyOfTheHostAndNoOther() throws IOException {
        Set<String> page = Files.readAllLines(Path.of("../../docs/configuration.md")).stream()
                .flatMap(line -> FIRST_CELL.matcher(line).results())
                .map(found -> found.group(1).replaceAll("<[a-z]+>", "*"))
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> read = Stream.of(
                        HostProperties.class,
                        AccessSettings.class,
                        OidcSettings.class,
                        KeySettings.class,
                        EdgeSettings.class)
                .flatMap(type ->
                        names(type.getAnnotation(ConfigurationProperties.class).value(), type))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(page).as("the properties in docs/configuration.md").isEqualTo(read);
    }

    private static Stream<String> names(String prefix, Class<?> type) {
        return Arrays.stream(type.getRecordComponents()).flatMap(part -> names(prefix, part));
    }

    private static Stream<String> names(String prefix, RecordComponent part) {
        String name = prefix + "." + part.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
        if (part.getType() == Map.class) {
            Class<?> value = argument(part.getGenericType(), 1);
            return value == Object.class ? Stream.of(name) : nested(name + ".*", value);
        }
        if (part.getType() == List.class) {
            Class<?> element = argument(part.getGenericType(), 0);
            return isOurs(element) ? nested(name + "[n]", element) : Stream.of(name);
        }
        return nested(name, part.getType());
    }

    private static Stream<String> nested(String name, Class<?> type) {
        return isOurs(type) ? names(name, type) : Stream.of(name);
    }

    /** A record that is bound by its parts, not read from one text. */
    private static boolean isOurs(Class<?> type) {
        return type.isRecord() && type.getEnclosingClass() == HostProperties.class;
    }

    private static Class<?> argument(Type type, int number) {
        return (Class<?>) ((ParameterizedType) type).getActualTypeArguments()[number];
    }
}
