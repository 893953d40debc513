/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Secrets nobody told of are recognised by their shape, and nothing else is taken for one. */
class ShapeScanTest {

    private static final String HIDDEN = "[redacted]";
    private static final int MEGABYTE = 1 << 20;

    static Stream<Token> tokens() {
        return Token.all(new SplittableRandom(7)).stream();
    }

    @ParameterizedTest
    @MethodSource("tokens")
    void aTokenIsHiddenWhereverItStands(Token token) {
        for (String around : new String[] {
            "%s",
            "key: %s",
            "KEY=%s\nnext",
            "'%s'",
            "\"%s\",",
            "(%s)",
            "first line\\n%s\\nnext",
            "[31m%s[0m".replace("[", "\u001b["),
            "\\u001b[1;31m%s",
            "_[01;31m_[K%s_[m_[K".replace('_', '\u001b'),
            "_[38;2;255;128;10;48;2;0;0;0m%s".replace('_', '\u001b'),
            "https://localhost/?key=%s&x=1",
            "a%%20%s b",
            "%s\r\n"
        }) {
            String text = around.formatted(token.text());
            assertThat(token.isLeftIn(hidden(text)))
                    .as("%s in '%s': %s", token.kind(), text, hidden(text))
                    .isFalse();
        }
    }

    @ParameterizedTest
    @MethodSource("tokens")
    void ofATokenNoMoreThanAWordIsLeftWhereItsEndWasCut(Token token) {
        String text = "the key is " + token.text();
        int begin = text.indexOf(token.secret());
        for (int end = begin + 12; end <= text.length(); end++) {
            for (String cut : new String[] {text.substring(0, end), text.substring(0, end) + "… (more)"}) {
                boolean beforeTheSecondPart = token.kind().startsWith("JW") && end < begin + 16;
                assertThat(token.isLeftIn(hidden(cut)) && !beforeTheSecondPart)
                        .as("%s: %s", token.kind(), hidden(cut))
                        .isFalse();
            }
        }
    }

    @Test
    void whatIsBesideASecretStays() {
        SplittableRandom random = new SplittableRandom(1);
        for (Token token : Token.all(random)) {
            assertThat(hidden("before " + token.text() + " after"))
                    .as(token.kind())
                    .startsWith("before ")
                    .contains(HIDDEN)
                    .endsWith(" after");
        }
        assertThat(hidden("postgresql://ralph:s3cret@db.example/x?a=b"))
                .isEqualTo("postgresql://ralph:" + HIDDEN + "@db.example/x?a=b");
        assertThat(hidden("curl -H 'Authorization: Bearer abcdefgh.ijk-lm' https://x"))
                .isEqualTo("curl -H 'Authorization: Bearer " + HIDDEN + "' https://x");
        assertThat(hidden("https://" + "ghp_" + "a1B2".repeat(9) + ":x-oauth-basic@github.com/a/b"))
                .isEqualTo("https://" + HIDDEN + ":" + HIDDEN + "@github.com/a/b");
    }

    @Test
    void ordinaryOutputOfBuildsStaysAsItIs() {
        SplittableRandom random = new SplittableRandom(3);
        byte[] image = new byte[30_000];
        for (int round = 0; round < 100; round++) {
            random.nextBytes(image);
            String png = "\"data:image/png;base64," + Base64.getEncoder().encodeToString(image) + "\"";
            assertThat(hidden(png)).isEqualTo(png);
        }
        for (String text : List.of(ORDINARY, MENTIONS)) {
            ShapeScan feed = new ShapeScan();
            for (String line : text.lines().toList()) {
                assertThat(hidden(line)).isEqualTo(line);
                assertThat(hidden(line + "…")).isEqualTo(line + "…");
                assertThat(hidden(feed, line, true)).isEqualTo(line);
                feed.endLine();
            }
            assertThat(hidden(text)).isEqualTo(text);
        }
        for (int end = MENTIONS.indexOf('\n'); end > 0; end = MENTIONS.indexOf('\n', end + 1)) {
            assertThat(hidden(MENTIONS.substring(0, end))).isEqualTo(MENTIONS.substring(0, end));
        }
    }

    /** What projects print that read keys: none of it is a key. */
    private static final String MENTIONS = """
            PemReaderTest > rejects '-----BEGIN PRIVATE KEY-----' FAILED
            Expected
            false
            but was
            true
            -----BEGIN PRIVATE KEY-----
            Expected
            false
            but was
            OK
            java.lang.IllegalArgumentException: no end of "-----BEGIN RSA PRIVATE KEY-----"
                at org.example.pem.PemReader.read(PemReader.java:42)
                at java.base/java.util.ArrayList.forEach(ArrayList.java:1596)
            Expected: -----BEGIN PRIVATE KEY-----
            IllegalArgumentException
            PKCS8EncodedKeySpec
            AbstractAnnotationConfigDispatcherServletInitializerOfPrivateKeysInPem2Test
            -----BEGIN OPENSSH PRIVATE KEY-----
            Makefile
            PASS
            README
            src/main/java/org/example/pem
            total=0
            diff --git a/src/test/java/PemTest.java b/src/test/java/PemTest.java
            -        String key = "-----BEGIN PRIVATE KEY-----";
            +        String key = "-----BEGIN EC PRIVATE KEY-----\\n" +
                     "AAAA" +
                     assertNull(parse(key));
            -----BEGIN PRIVATE KEY-----
            9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
            Done
            Expected
            -----END PRIVATE KEY-----
            Makefile
            """;

    private static final String ORDINARY = """
            [INFO] Scanning for projects...
            [INFO] Building Ralph for the JVM: core 0.1.0-SNAPSHOT                   [2/12]
            Downloading from central: https://repository.example.org/maven2/org/apache/maven/plugins/maven-metadata.xml
            Downloaded from central: https://repository.example.org/maven2/org/junit/junit-bom/5.10.2/junit-bom-5.10.2.pom (5.6 kB at 112 kB/s)
            [ERROR] /home/u/app/src/main/java/dev/ralph/RunSpec.java:[17,8] error: cannot find symbol task-ant-runner-with-a-long-name
            commit 9fceb02d0ae598e95dc970b74767f19372d61af8
            run 0192f0c1-7b6a-7cc1-9a7b-1d2e3f405162 on disk-0192f0c1-7b6a-7cc1-9a7b-1d2e3f405162
            sha512-Fk4pvLbtaTZEsJyAQyYW0bdoVD2m4rE6ZPYJ0FOVKbfR4rEvOOVoaRBmzxCSQ0xPfE6AHjgLxhM3XLHV1fFfFg==
            npm_config_registry=https://registry.example.org/ npm_lifecycle_script_of_the_package_and_then_some_more
            remote: https://github.com/example/app.git, git@github.com:example/app.git, ssh://git@github.com:22/example/app.git
            listening on http://127.0.0.1:8080 and http://[::1]:8080/?mail=a@b.example, jdbc:postgresql://localhost:5432/app
            from sk-learn-contrib and sk-transformers; the asian ASIAPACIFICREGIONALDATACENTER, AKIARA
            Authorization: Bearer <token>, Authorization: Bearer $TOKEN, Authorization is required; authorization basics
            WWW-Authenticate: Bearer realm="example", error="invalid_token"
            //# sourceMappingURL=data:application/json;base64,eyJ2ZXJzaW9uIjozLCJzb3VyY2VzIjpbImEuanMiXX0=
            ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIBk3q6yX2l7Gv1nR0p0o9c8b7a6Z5Y4X3W2V1U0T9S8R someone@example
            -----BEGIN CERTIFICATE-----
            MIIDXTCCAkWgAwIBAgIJAJC1HiIAZAiIMA0GCSqGSIb3DQEBCwUAMEUxCzAJBgNV
            -----END CERTIFICATE-----
            -----BEGIN PUBLIC KEY-----
            MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAu1SU1LfVLPHCozMxH2Mo
            -----END PUBLIC KEY-----
            eyJhbGciOiJIUzI1NiJ9 eyJ2IjoxfQ== eyJ.eyJ. hey eyJustAWord.eyJs it is
            aws_secret_access_key is not set; secretAccessKey: null; AWS_SECRET_ACCESS_KEY=$SECRET
            Tests run: 42, Failures: 0, Errors: 0, Skipped: 0, Time elapsed: 1.234 s -- in dev.ralph.LoopTest
            docker://alpine:3.19@sha256:c5b1261d6d3e43071626931fc004f70149baeba2c8ec672bd4f27761f8e1ad6b docker.io/a:b@sha256:c5b1
            listening on http://localhost:3000;contact@example.com and http://localhost:8080,mail:admin@example.com
            (see http://localhost:8080)a@b.example
            set npm_execpath
            uses npm_lifecycle
            open sk-admin-dashboard
            the aws_secret_access_key is required by Configuration
            a secret access key 9fceb02d0ae598e95dc970b74767f19372d61af8 src/main/java/dev/ralph/internal/secret1
            hf_hub_download hf_model_card_for_tests sk-or-v1-your-key-here ya29.example
            xoxo-love-and-kisses-from-the-team xoxb-your-token-goes-here glpat-your-token npm_token
            """;

    @Test
    void anotherLineBesideAKeyIsShownAndAMentionOfKeysHidesNothing() {
        String body = Token.some(new SplittableRandom(1), "abcdefghABCDEFGH0123456789+/", 64);
        String log = """
                12:00 INFO app | -----BEGIN PRIVATE KEY-----
                12:00 INFO app | %s
                12:00 INFO web | GET / 200
                12:00 INFO app | %s
                12:00 INFO app | -----END PRIVATE KEY-----
                12:00 INFO app | %s
                """.formatted(body, body, body);
        String mention = """
                if (text.contains("-----BEGIN PRIVATE KEY-----")) {
                    throw new IllegalStateException("a key");
                }
                return text;
            """;

        assertThat(hidden(log))
                .isEqualTo("""
                12:00 INFO app | -----BEGIN PRIVATE KEY-----
                [redacted]
                12:00 INFO web | GET / 200
                [redacted]
                [redacted]-----END PRIVATE KEY-----
                12:00 INFO app | %s
                """.formatted(body).replace("[redacted]-----END", "12:00 INFO app | -----END"));
        assertThat(hidden(mention)).isEqualTo(mention);
    }

    @Test
    void aKeyWhoseBeginningWasCutIsHiddenUpToItsEnd() {
        Token key = tokens().filter(token -> token.kind().equals("private key"))
                .findFirst()
                .orElseThrow();
        Token quoted = tokens().filter(token -> token.kind().equals("quoted private key"))
                .findFirst()
                .orElseThrow();
        for (int from = 1; from < key.text().indexOf("-----END") - 8; from++) {
            assertThat(key.isLeftIn(hidden(key.text().substring(from)))).isFalse();
        }
        for (int from = 20; from < quoted.text().indexOf("-----END") - 24; from++) {
            assertThat(quoted.isLeftIn(hidden(quoted.text().substring(from)))).isFalse();
        }
    }

    @Test
    void aKeyThatDoesNotEndIsGivenUpWhenOtherLinesFollow() {
        String begin = "-----BEGIN PRIVATE KEY-----\n";
        String others = "this is no key\n".repeat(3);
        String path = "org/example/a/path/that/looks/like/base64\n";
        String body = Token.some(new SplittableRandom(1), "abcdefghABCDEFGH0123456789+/", 64) + "\n";

        assertThat(hidden(begin + body + path + others + body))
                .isEqualTo(begin + HIDDEN + "\n" + HIDDEN + "\n" + others + body);
        assertThat(hidden(begin + path + others + body)).isEqualTo(begin + path + others + body);
    }

    @Test
    void theShortLastLineOfAKeyIsHiddenBehindThePrefixOfALog() {
        String body = Token.some(new SplittableRandom(1), "abcdefghABCDEFGH0123456789+/", 64);
        for (String prefix : List.of("12:00:00.%d INFO app | ", "\"", "    ", "-", "")) {
            StringBuilder log = new StringBuilder();
            List<String> lines =
                    List.of("-----BEGIN PRIVATE KEY-----", body, body, "Abcd", "-----END PRIVATE KEY-----");
            for (int i = 0; i < lines.size(); i++) {
                log.append(prefix.replace("%d", "" + (i * 7)))
                        .append(lines.get(i))
                        .append('\n');
            }
            assertThat(hidden(log.toString())).doesNotContain("Abcd").contains("-----END PRIVATE KEY-----");
        }
    }

    @Test
    void aKeyInNarrowLinesIsHiddenWhereItsEndIsSeen() {
        String line = Token.some(new SplittableRandom(1), "abcdefghABCDEFGH0123456789+/", 32) + "\n";
        String key = "-----BEGIN PRIVATE KEY-----\n" + line.repeat(9) + "-----END PRIVATE KEY-----";

        assertThat(hidden("OK\n" + key + "\nOK"))
                .doesNotContain(line.strip())
                .startsWith("OK\n-")
                .endsWith("-\nOK");
    }

    static Stream<String> hostile() {
        List<String> parts = new ArrayList<>(List.of(
                "eyJ",
                "eyJ.",
                "eyJa-eyJ",
                "eyJaaaaaaaaaaaa.",
                "eyJhbGciOi",
                "eyJhbGciOi.",
                "%20eyJ",
                "\\neyJ",
                "[1meyJ",
                "://",
                "://a:",
                "://a:b",
                ":",
                "://a:@",
                "a://b:c@",
                "authorization",
                "authorization:",
                "authorization: bearer ",
                "Authorization=\"",
                "aws_secret_access_key=",
                "sessiontoken=AAAA",
                "secretaccesskey",
                "secret_access_key ",
                "_[1m".replace('_', '\u001b'),
                "_[1111111111111111111111111111111111111111mAKIA".replace('_', '\u001b'),
                "-----BEGIN PRIVATE KEY-----\n" + "aA1".repeat(22) + "\nA\n",
                "-----BEGIN PRIVATE KEY-----" + " ".repeat(40),
                "Aa1",
                "-----BEGIN ",
                "-----BEGIN PRIVATE KEY-----",
                "-----BEGIN PRIVATE KEY-----\n",
                "-----BEGIN PRIVATE KEY-----\nAAAA\n",
                "-----BEGIN PRIVATE KEY-----" + "\na".repeat(500),
                "-----END PRIVATE KEY-----",
                "-----END PRIVATE KEY-----\nAAAA\n",
                "-----END ",
                "-----BEGIN PRIVATE KEY-----\n-----END ",
                "-",
                "-----",
                "\n",
                "a\n",
                "a",
                "AAAAAAAAAAAAAAAAAAAA\n",
                "…"));
        for (String prefix : List.of(
                "sk-ant-",
                "sk-proj-",
                "sk-or-v1-",
                "ya29.",
                "hf_",
                "sk-",
                "AIza",
                "ghp_",
                "ghs_",
                "github_pat_",
                "glpat-",
                "AKIA",
                "ASIA",
                "xoxb-",
                "xapp-",
                "npm_",
                "pypi-AgE",
                "sk_live_")) {
            parts.addAll(List.of(prefix, prefix + "a", prefix + "aaaaaaaaaaaaaaa-", prefix + " "));
        }
        return parts.stream();
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void aMegabyteOfAnythingTakesLinearTime(String part) throws Exception {
        String repeated = part.repeat(MEGABYTE / part.length());
        String tailed = part + "a".repeat(MEGABYTE);
        String ended = repeated + "-----END PRIVATE KEY-----";
        CompletableFuture<Void> scan = CompletableFuture.runAsync(() -> {
            hidden(repeated);
            hidden(tailed);
            hidden(ended);
            new ShapeScan().divide(repeated, repeated.length() / 2);
        });

        assertThatCode(() -> scan.get(10, TimeUnit.SECONDS)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void aTextMayBeDividedWhereItSays(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (Token token : Token.all(random)) {
            String line = "x ".repeat(20) + token.text().replace("\n", "\\n") + " y".repeat(ShapeScan.REACH);
            for (int wanted = 1; wanted < 60 + token.text().length(); wanted += 1 + random.nextInt(12)) {
                ShapeScan scan = new ShapeScan();
                int place = scan.divide(line, wanted);
                String hidden =
                        hidden(scan, line.substring(0, place), false) + hidden(scan, line.substring(place), false);
                assertThat(token.isLeftIn(hidden))
                        .as("%s divided at %d of %d", token.kind(), place, wanted)
                        .isFalse();
                assertThat(place).isGreaterThan(wanted - 400).isLessThanOrEqualTo(wanted);
            }
        }
    }

    private static String hidden(String text) {
        return hidden(new ShapeScan(), text, true);
    }

    private static String hidden(ShapeScan scan, String text, boolean cut) {
        Spans hidden = new Spans();
        scan.scan(text, cut, hidden);
        return hidden.replacedIn(text, HIDDEN);
    }
}
