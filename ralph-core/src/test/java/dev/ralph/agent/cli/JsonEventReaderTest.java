/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonEventReaderTest {

    private static final JsonShape SHAPE = JsonShape.of(
                    "type", "n", "ok", "message.id", "message.content.text", "models.*.cost", "words", "wide.*")
            .beginnings(5, "short", "either", "either.text")
            .ignoring("uuid");

    private final JsonEventReader reader = new JsonEventReader(SHAPE);

    @Test
    void onlyWhatIsWantedIsKept() {
        JsonEvent event = read("""
                {"type":"a","n":7,"ok":true,"uuid":"u","extra":{"deep":[1,{"x":2}]},
                 "message":{"id":"m","other":[],"content":[{"text":"one","x":1},7,{"text":"two"}]},
                 "models":{"big":{"cost":1.5,"x":2},"small":{"cost":2}},"words":["a",null,"b"]}""");

        assertThat(event.names()).containsExactly("type", "n", "ok", "message", "models", "words");
        assertThat(event.text("type")).isEqualTo("a");
        assertThat(event.number("n")).isEqualTo(7);
        assertThat(event.flag("ok", false)).isTrue();
        assertThat(event.object("message").names()).containsExactly("id", "content");
        assertThat(event.object("message").objects("content"))
                .extracting(block -> block.text("text"))
                .containsExactly("one", "two");
        assertThat(event.object("models").names()).containsExactly("big", "small");
        assertThat(event.object("models").object("small").decimal("cost")).isEqualTo(2.0);
        assertThat(event.texts("words")).containsExactly("a", "b");
        assertThat(reader.unknownFields()).isEqualTo(1);
        assertThat(reader.malformedLines()).isZero();
    }

    @Test
    void whatIsMissingOrOfAnotherTypeIsNotThere() {
        JsonEvent event = read("{\"type\":5,\"n\":\"7\",\"ok\":null,\"message\":[],\"models\":\"x\",\"words\":\"w\"}");

        assertThat(event.text("type")).isNull();
        assertThat(event.text("type", "none")).isEqualTo("none");
        assertThat(event.number("n")).isNull();
        assertThat(event.decimal("n")).isNull();
        assertThat(event.flag("ok", true)).isTrue();
        assertThat(event.has("ok")).isFalse();
        assertThat(event.object("message").names()).isEmpty();
        assertThat(event.object("models").object("x").text("y")).isNull();
        assertThat(event.objects("message")).isEmpty();
        assertThat(event.texts("words")).containsExactly("w");
    }

    @Test
    void numbersBeyondTheirTypesAreNoWholeNumbers() {
        JsonEvent event = read("{\"n\":123456789012345678901234567890,\"wide\":{\"a\":1.5,\"b\":-3,\"c\":NaN}}");

        assertThat(event.number("n")).isNull();
        assertThat(event.decimal("n")).isEqualTo(1.2345678901234568e29);
        assertThat(event.object("wide").number("a")).isNull();
        assertThat(event.object("wide").number("b")).isEqualTo(-3);
        assertThat(event.object("wide").decimal("c")).isNaN();
    }

    @Test
    void ofAFieldThatIsThereTwiceTheLastCounts() {
        assertThat(read("{\"n\":1,\"n\":2}").number("n")).isEqualTo(2);
    }

    @Test
    void ofSomeTextsOnlyTheBeginningIsKeptWithoutHalvingACharacter() {
        assertThat(read("{\"short\":\"12345\"}").text("short")).isEqualTo("12345");
        assertThat(read("{\"short\":\"123456\"}").text("short")).isEqualTo("12345");
        assertThat(read("{\"short\":\"1234🙂6\"}").text("short")).isEqualTo("1234");
        assertThat(read("{\"either\":\"1234567\"}").text("either")).isEqualTo("12345");
        assertThat(read("{\"either\":[{\"text\":\"1234567\"}]}")
                        .objects("either")
                        .get(0)
                        .text("text"))
                .isEqualTo("12345");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "no json",
                "[1]",
                "null",
                "7",
                "\"text\"",
                "{\"type\":\"a\"",
                "{\"type\":\"a\"}}",
                "{\"type\":\"a\"}{\"type\":\"b\"}",
                "{\"type\":\"a\"} x",
                "{\"type\":\"a\"} \uD83D\uDE42",
                "{\"type\":\"a\",}",
                "{type:1}",
                "{\"n\":1e}",
                "{\"type\":\"\\x\"}",
                "\0",
                "{\"type\":\"a\0b\"}"
            })
    void whatIsNoObjectIsCountedAndSkipped(String line) {
        assertThat(reader.read(line, false)).isNull();
        assertThat(reader.malformedLines()).isEqualTo(1);
        assertThat(read("{\"type\":\"after\"}").text("type")).isEqualTo("after");
    }

    @Test
    void aLineThatWasCutIsMalformedAndABlankOneIsNothing() {
        assertThat(reader.read("{\"type\":\"a\"}", true)).isNull();
        assertThat(reader.read("", true)).isNull();
        assertThat(reader.read("", false)).isNull();
        assertThat(reader.read(" \t", false)).isNull();
        assertThat(reader.malformedLines()).isEqualTo(2);
    }

    @Test
    void linesLongerThanWhatAParserReadsAtOnceAreReadWhole() {
        String text = "🙂 word ".repeat(10_000);

        assertThat(read("{\"type\":\"" + text + "\"}").text("type")).isEqualTo(text);
        assertThat(read("{\"type\":\"a\"}" + " ".repeat(20_000)).text("type")).isEqualTo("a");
        assertThat(reader.read("{\"type\":\"a\"}" + " ".repeat(20_000) + "x", false))
                .isNull();
        assertThat(read("{\"type\":\"after\"}").text("type")).isEqualTo("after");
        assertThat(reader.malformedLines()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {7_900, 7_960, 7_990, 8_000, 8_001, 8_010, 16_000})
    void anObjectMayEndWhereverTheBufferOfAParserDoes(int length) {
        String text = "x".repeat(length - "{\"type\":\"\",\"n\":7}".length());

        for (int more = 0; more < 64; more++) {
            JsonEvent event = read("{\"type\":\"" + text + "y".repeat(more) + "\",\"n\":7}");
            assertThat(event.text("type")).hasSize(text.length() + more);
            assertThat(event.number("n")).isEqualTo(7);
            assertThat(reader.read("{\"type\":\"" + text + "y".repeat(more) + "\",\"n\":7", false))
                    .isNull();
        }
    }

    @Test
    void whateverTheFirstBytesOfALineAreItsEncodingIsUtf8() {
        assertThat(reader.read("{\0\"\0", false)).isNull();
        assertThat(reader.read("\0\0\0{", false)).isNull();
        assertThat(reader.read("\uFEFF{\"type\":\"a\"}", false)).isNull();
        assertThat(read("{\"type\":\"é\"}").text("type")).isEqualTo("é");
        assertThat(reader.malformedLines()).isEqualTo(3);
    }

    @Test
    void nestingAndNumbersWithoutEndAreMalformed() {
        String nested = "{\"extra\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}";
        String number = "{\"n\":" + "9".repeat(100_000) + "}";

        assertThat(reader.read(nested, false)).isNull();
        assertThat(reader.read(number, false)).isNull();
        assertThat(reader.malformedLines()).isEqualTo(2);
    }

    @Test
    void whatIsKeptOfArraysAndObjectsWithoutEndIsBounded() {
        String words = "{\"words\":[" + "\"w\",".repeat(100_000) + "\"w\"]}";
        StringBuilder wide = new StringBuilder("{\"wide\":{");
        for (int i = 0; i < 100_000; i++) {
            wide.append("\"k").append(i).append("\":1,");
        }
        wide.append("\"last\":1}}");

        assertThat(read(words).texts("words")).hasSize(10_000);
        assertThat(read(wide.toString()).object("wide").names()).hasSize(1_000);
    }

    @Test
    void valuesAreNotShown() {
        assertThat(read("{\"type\":\"secret\"}")).hasToString("JsonEvent[type]");
    }

    private JsonEvent read(String line) {
        return Objects.requireNonNull(reader.read(line.replace("\n", " "), false), "malformed");
    }
}
