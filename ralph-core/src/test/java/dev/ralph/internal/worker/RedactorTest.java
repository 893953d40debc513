/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.ralph.spi.Secret;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RedactorTest {

    private static final String KEY = "sk-ant-0123456789-abcdefghij";

    private final Redactor redactor = Redactor.ofValues();

    @BeforeEach
    void learn() {
        redactor.learn(new Secret("KEY", KEY));
    }

    @Test
    void noPartOfASecretIsLeftWhereverATextAroundItWasCut() {
        String text = "curl -H 'x-api-key: " + KEY + "' https://localhost/";
        for (int length = 1; length <= text.length(); length++) {
            for (String cut : new String[] {
                text.substring(0, length), text.substring(0, length) + "\u2026", text.substring(text.length() - length)
            }) {
                assertThat(leaked(redactor.redact(cut))).as("'%s'", cut).isLessThan(6);
            }
        }
    }

    @Test
    void textWithoutSecretsStaysAsItIs() {
        for (String text : new String[] {"", "sk-ant", "sk", "the key sk-anything else", "\u2026"}) {
            assertThat(redactor.redact(text)).isEqualTo(text.equals("sk-ant") ? "[redacted]" : text);
        }
    }

    @Test
    void whatIsQuotedInJsonAndInJsonWithinJsonIsMaskedToo() throws Exception {
        String password = "pa\"ss\\wo\trd\u0001 ends";
        redactor.learn(new Secret("PASSWORD", password));
        JsonMapper json = new JsonMapper();
        String line = json.writeValueAsString(Map.of("tool_result", password));
        String nested = json.writeValueAsString(Map.of("text", line));

        assertThat(redactor.redact(line)).isEqualTo("{\"tool_result\":\"[redacted]\"}");
        assertThat(redactor.redact(nested))
                .contains("[redacted]")
                .doesNotContain("ss")
                .doesNotContain("ends");
    }

    @Test
    void aTextIsDividedWhereNoSecretIs() {
        String text = "0123456789" + KEY + "0123456789".repeat(10);

        assertThat(redactor.channel().divide(text, 10)).isEqualTo(10);
        assertThat(redactor.channel().divide(text, 11)).isEqualTo(10);
        assertThat(redactor.channel().divide(text, 10 + KEY.length() - 1)).isEqualTo(10);
        assertThat(redactor.channel().divide(text, 10 + KEY.length())).isEqualTo(10 + KEY.length());
        assertThat(redactor.channel().divide(KEY + KEY, KEY.length() + 1)).isEqualTo(KEY.length());
        assertThat(redactor.channel().divide(KEY + KEY, KEY.length() - 1)).isZero();
        assertThat(redactor.channel().reach()).isEqualTo(KEY.length());
        assertThat(Redactor.ofValues().channel().reach()).isZero();
    }

    @Test
    void whatIsLeftOfASecretWithWordsOrLinesIsMaskedWhereverInATextItWasCut() {
        redactor.learn(new Secret("PHRASE", "correct horse\nbattery staple"));

        assertThat(redactor.redact("End of its output:\nhorse\nbattery staple\nrefused"))
                .isEqualTo("End of its output:\n[redacted]\nrefused");
        assertThat(redactor.redact("End of its output:\nbattery staple refused"))
                .isEqualTo("End of its output:\n[redacted] refused");
        assertThat(redactor.redact("A list:\nstaple, paper")).isEqualTo("A list:\nstaple, paper");
        assertThat(redactor.redact("it said: correct horse… and more")).isEqualTo("it said: [redacted]… and more");
        assertThat(redactor.redact("it said: correct horse battery staple!")).isEqualTo("it said: [redacted]!");
    }

    @Test
    void secretsThatOverlapAreMaskedTogether() {
        redactor.learn(new Secret("A", "abcdefgh"));
        redactor.learn(new Secret("B", "efghijklmno"));

        assertThat(redactor.redact("- abcdefghijklmno -")).isEqualTo("- [redacted] -");
        assertThat(Redactor.ofValuesAndShapes().redact("ghp_" + "a1B2".repeat(9) + " and " + KEY))
                .isEqualTo("[redacted] and [redacted]");
    }

    @Test
    void aKeyThatIsWrittenLineByLineIsMaskedInEveryText() {
        String line = "MIIEvQIBADANBgkqhkiG9w0BAQEFAASC".repeat(2);
        UnaryOperator<String> texts = Redactor.ofValuesAndShapes().oneByOne();

        assertThat(texts.apply("here:\n-----BEGIN PRIVATE KEY-----\n"))
                .isEqualTo("here:\n-----BEGIN PRIVATE KEY-----\n");
        assertThat(texts.apply(line + "\n")).isEqualTo("[redacted]\n");
        assertThat(texts.apply(line)).isEqualTo("[redacted]");
        assertThat(texts.apply("-----END PRIVATE KEY-----")).isEqualTo("-----END PRIVATE KEY-----");
        assertThat(texts.apply(line)).isEqualTo(line);
    }

    /** How much of the beginning or of the end of the secret a text still has. */
    private static int leaked(String text) {
        for (int part = KEY.length(); part > 0; part--) {
            if (text.contains(KEY.substring(0, part)) || text.contains(KEY.substring(KEY.length() - part))) {
                return part;
            }
        }
        return 0;
    }

    @Test
    void aLineOfTheLogHasNoKnownSecretHoweverItWasTornApart() {
        redactor.learn(new Secret("PHRASE", "correct horse\nbattery staple"));

        assertThat(redactor.line("key " + KEY.substring(0, 9) + "\u001B[1m" + KEY.substring(9) + " refused"))
                .isEqualTo("key [redacted] refused");
        assertThat(redactor.line("told correct horse\r\nbattery staple once"))
                .isEqualTo("told [redacted] [redacted] once");
        assertThat(redactor.failure(new IllegalStateException("401 for " + KEY, new RuntimeException(KEY))))
                .hasMessage("java.lang.IllegalStateException: 401 for [redacted]")
                .hasRootCauseMessage("java.lang.RuntimeException: [redacted]");
    }
}
