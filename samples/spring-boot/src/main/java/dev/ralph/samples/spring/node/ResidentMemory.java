/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.spring.node;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/** The memory that is this process's own, heap and all else, under the name that clients of Prometheus have for it. */
@Component
final class ResidentMemory implements MeterBinder {

    private static final Path STATUS = Path.of("/proc/self/status");
    private static final Pattern LINE = Pattern.compile("(?m)^VmRSS:\\s*(\\d+) kB$");

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder("process.resident.memory", ResidentMemory::bytes)
                .description("Memory of this process that is in RAM; no number where the platform does not say")
                .baseUnit("bytes")
                .register(registry);
    }

    private static double bytes() {
        try {
            Matcher line = LINE.matcher(Files.readString(STATUS));
            return line.find() ? Double.parseDouble(line.group(1)) * 1_024 : Double.NaN;
        } catch (IOException e) {
            return Double.NaN;
        }
    }
}
