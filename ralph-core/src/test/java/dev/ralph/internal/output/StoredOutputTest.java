/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.ralph.ArtifactException;
import dev.ralph.OutputPart;
import dev.ralph.internal.worker.Redactor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever the bytes of an artifact are, reading them ends, in bounded memory. */
class StoredOutputTest {

    @Test
    void whatIsCutShortIsReadAsFarAsItGoesAndThenSaidToBeDamaged() {
        byte[] whole =
                new Written(Redactor.ofValues()).out("a line\n".repeat(10_000)).stored();

        for (int length = 0; length < whole.length; length++) {
            try (StoredOutput output = Written.read(Arrays.copyOf(whole, length))) {
                assertThatExceptionOfType(ArtifactException.class)
                        .as("%d bytes of %d", length, whole.length)
                        .isThrownBy(() -> output.copyTo(new StringBuilder()))
                        .withMessageContaining(Written.ID.name())
                        .withMessageContaining("damaged");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ralph output 2\n",
                "ralph output 1",
                "ralph output 1\nx hello\n",
                "ralph output 1\no",
                "ralph output 1\no?hello\n",
                "ralph output 1\no hello",
                "ralph output 1\n= \n",
                "ralph output 1\n= 12x\n",
                "ralph output 1\n= -1\n",
                "ralph output 1\n= 99999999999999999999\n",
            })
    void whatIsNoOutputIsSaidToBeDamaged(String text) throws Exception {
        try (StoredOutput output = Written.read(gzip(text, 1))) {
            assertThatExceptionOfType(ArtifactException.class)
                    .isThrownBy(() -> output.copyTo(new StringBuilder()))
                    .withMessageContaining("damaged");
        }
    }

    @Test
    void aLineWithoutEndIsReadInParts() throws Exception {
        long length = 0;
        try (StoredOutput output = Written.read(gzip("x", 5_000_000))) {
            for (OutputPart part = output.next(); part != null; part = output.next()) {
                String text = ((OutputPart.Printed) part).text();
                assertThat(text).hasSizeLessThanOrEqualTo(64 * 1024);
                length += text.length();
            }
        }
        assertThat(length).isEqualTo(5_000_001);
    }

    private static byte[] gzip(String text, int times) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            if (times > 1) {
                gzip.write("ralph output 1\no ".getBytes(StandardCharsets.UTF_8));
            }
            gzip.write(text.repeat(times).getBytes(StandardCharsets.UTF_8));
            if (times > 1) {
                gzip.write('\n');
            }
        }
        return bytes.toByteArray();
    }
}
