/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.spring.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

class RequestDigestTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"prompt": "a", "limits": {"maxCost": 5}}            | {"limits": {"maxCost": 5.00}, "prompt": "a"}
            {"prompt": "a", "limits": {"maxRuntime": "PT60M"}}   | {"prompt": "a", "limits": {"maxRuntime": "PT1H"}}
            {"labels": {"a": "1", "b": "2"}}                     | {"labels": {"b": "2", "a": "1"}}
            {"prompt": "a", "subject": null}                     | {"prompt": "a"}
            """)
    void requestsThatAskForTheSameAreOne(String one, String other) {
        assertThat(digest(one)).isEqualTo(digest(other)).matches("[0-9a-f]{64}");
    }

    @Test
    void requestsThatAskForSomethingElseAreTwo() {
        List<String> all = List.of(
                "{}",
                "{\"prompt\": \"a\"}",
                "{\"workspace\": \"a\"}",
                "{\"prompt\": \"a\", \"workspace\": \"b\"}",
                "{\"prompt\": \"ab\"}",
                "{\"prompt\": \"a1:b\"}",
                "{\"agents\": []}",
                "{\"agents\": [\"a\"]}",
                "{\"agents\": [\"a\", \"b\"]}",
                "{\"agents\": [\"b\", \"a\"]}",
                "{\"gates\": \"a\"}",
                "{\"limits\": {}}",
                "{\"limits\": {\"maxIterations\": 3}}",
                "{\"limits\": {\"maxTokens\": 3}}",
                "{\"limits\": {\"maxCost\": 3}}",
                "{\"limits\": {\"attemptTimeout\": \"PT1M\"}}",
                "{\"limits\": {\"idleTimeout\": \"PT1M\"}}",
                "{\"labels\": {}}",
                "{\"labels\": {\"a\": \"b\"}}",
                "{\"labels\": {\"ab\": \"\"}}",
                "{\"subject\": \"a\"}",
                "{\"priority\": 1}",
                "{\"startDelay\": \"PT1M\"}",
                "{\"completionPromise\": \"a\"}");

        Set<String> digests = new HashSet<>();
        all.forEach(request -> digests.add(digest(request)));

        assertThat(digests).hasSize(all.size());
    }

    private static String digest(String request) {
        return RequestDigest.of(JsonMapper.shared().readValue(request, RunRequest.class));
    }
}
