/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.secret;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A made-up token of each shape; made up as it is used, so that no scanner of repositories finds any.
 *
 * @param kind what it is
 * @param text as it is printed
 * @param secret what of it must not be left
 */
public record Token(String kind, String text, String secret) {

    private static final String LOWER = "abcdefghijklmnopqrstuvwxyz";
    private static final String UPPER = LOWER.toUpperCase(Locale.ROOT);
    private static final String ALPHANUMERIC = UPPER + LOWER + "0123456789";
    private static final int ROW = 8;
    private static final int LONG_TEXT = 1000;
    private static final Pattern MARKS = Pattern.compile("\\\\*[nr]?\\\\n|\\n|-----[A-Z ]+-----");
    private static final String BASE64URL = ALPHANUMERIC + "-_";

    /** One of each kind. */
    public static List<Token> all(RandomGenerator random) {
        List<Token> all = new ArrayList<>();
        all.add(of("Anthropic", "sk-" + "ant-api03-", some(random, BASE64URL, 93) + "AA"));
        all.add(of("Claude Code", "sk-" + "ant-oat01-", some(random, BASE64URL, 80)));
        all.add(of("OpenAI project", "sk-" + "proj-", some(random, BASE64URL, 120)));
        all.add(of("OpenAI", "sk-", some(random, ALPHANUMERIC, 20) + "T3BlbkFJ" + some(random, ALPHANUMERIC, 20)));
        all.add(of("OpenRouter", "sk-" + "or-v1-", some(random, "0123456789abcdef", 64)));
        all.add(of("Google, OAuth", "ya" + "29.", "a0" + some(random, BASE64URL, 160)));
        all.add(of("Hugging Face", "hf" + "_", some(random, UPPER + LOWER, 34)));
        all.add(of("Google", "AI" + "za", some(random, BASE64URL, 35)));
        for (String prefix : List.of("ghp", "gho", "ghu", "ghs", "ghr")) {
            all.add(of("GitHub", prefix + "_", some(random, ALPHANUMERIC, 36)));
        }
        all.add(of(
                "GitHub fine-grained",
                "github" + "_pat_",
                some(random, ALPHANUMERIC, 22) + "_" + some(random, ALPHANUMERIC, 59)));
        all.add(of("GitLab", "gl" + "pat-", some(random, BASE64URL, 20)));
        all.add(of("AWS", "AK" + "IA", some(random, UPPER + "234567", 16)));
        all.add(of("AWS, temporary", "AS" + "IA", some(random, UPPER + "234567", 16)));
        for (String name : List.of("aws_secret_access_key = ", "AWS_SECRET_ACCESS_KEY=", "\"SecretAccessKey\": \"")) {
            all.add(of("AWS secret", name, some(random, ALPHANUMERIC + "+/", 40)));
        }
        for (String words : List.of(
                "aws_secret_access_key for the bucket is ",
                "AWS Secret Access Key [None]: ",
                "secretAccessKey (of ci) = ")) {
            all.add(of("AWS secret behind words", words, "k1Z" + some(random, ALPHANUMERIC + "+/", 37)));
        }
        for (String kind : List.of("xoxb", "xoxp", "xoxa", "xoxr", "xoxs")) {
            all.add(of("Slack", kind + "-", digits(random, 12) + "-" + some(random, ALPHANUMERIC, 24)));
        }
        all.add(of("npm", "npm" + "_", some(random, ALPHANUMERIC, 36)));
        all.add(of("PyPI", "pypi-" + "AgEIcHlwaS5vcmc", some(random, BASE64URL, 150)));
        all.add(of("Stripe", "sk" + "_live_", some(random, ALPHANUMERIC, 24)));
        all.add(of("Stripe, restricted", "rk" + "_live_", some(random, ALPHANUMERIC, 99)));
        all.add(jwt(random, 100));
        all.add(new Token(
                        "JWE",
                        parts("{\"alg\":\"dir\",\"enc\":\"A128GCM\"}") + ".." + some(random, BASE64URL, 16) + "."
                                + some(random, BASE64URL, 60) + "." + some(random, BASE64URL, 22),
                        "")
                .withSecret(12));
        all.add(of("bearer", "Authorization: Bearer ", some(random, ALPHANUMERIC + "-._~+/", 40)));
        all.add(of("basic", "authorization: Basic ", some(random, ALPHANUMERIC, 30) + "=="));
        all.add(of("header in JSON", "\"Authorization\": \"Bearer ", some(random, ALPHANUMERIC, 40)));
        all.add(of("header in Java", ".header(\"Authorization\", \"token ", some(random, ALPHANUMERIC, 40)));
        String password = "p" + some(random, ALPHANUMERIC + "!$&*+,;=:%~^", 19);
        all.add(new Token("password in a URL", "postgresql://ralph:" + password + "@db.example:5432/x", password));
        all.add(new Token("password without a user", "redis://:" + password + "@cache/0", password));
        String key = lines(random, 64, 12);
        all.add(new Token("private key", key, key));
        String quoted = key.replace("\n", "\\n");
        all.add(new Token("quoted private key", "{\"private_key\": \"" + quoted + "\"}", quoted));
        String twice = key.replace("\n", "\\\\n");
        all.add(new Token(
                "twice quoted private key", "{\"text\": \"{\\\"private_key\\\": \\\"" + twice + "\\\"}\"}", twice));
        return all;
    }

    /** A signed one, whose claims have so many characters. */
    public static Token jwt(RandomGenerator random, int claims) {
        String header = parts("{\"alg\":\"RS256\",\"typ\":\"JWT\",\"kid\":\"" + some(random, ALPHANUMERIC, 20) + "\"}");
        String payload = parts("{\"sub\":\"" + some(random, ALPHANUMERIC, claims) + "\"}");
        return new Token("JWT", header + "." + payload + "." + some(random, BASE64URL, 342), "").withSecret(10);
    }

    /** Whether a text has 8 characters of the secret in a row; those of the marks of a private key are none of it. */
    public boolean isLeftIn(String text) {
        return text.length() < LONG_TEXT
                ? pieces().anyMatch(text::contains)
                : pieces().anyMatch(inRows(text).collect(Collectors.toSet())::contains);
    }

    /** All such rows of its secret. */
    public Stream<String> pieces() {
        return Arrays.stream(MARKS.split(secret, -1)).flatMap(Token::inRows);
    }

    /** All rows of so many characters in a text. */
    public static Stream<String> inRows(String text) {
        return IntStream.rangeClosed(0, text.length() - ROW).mapToObj(at -> text.substring(at, at + ROW));
    }

    static String some(RandomGenerator random, String alphabet, int count) {
        StringBuilder some = new StringBuilder();
        for (int i = 0; i < count; i++) {
            some.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return some.toString();
    }

    private static Token of(String kind, String before, String secret) {
        return new Token(kind, before + secret, secret);
    }

    private Token withSecret(int from) {
        return new Token(kind, text, text.substring(from));
    }

    private static String digits(RandomGenerator random, int count) {
        return some(random, "0123456789", count);
    }

    private static String parts(String json) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }

    private static String lines(RandomGenerator random, int width, int count) {
        StringBuilder key = new StringBuilder("-----BEGIN RSA PRIVATE " + "KEY-----\n");
        for (int i = 0; i < count; i++) {
            key.append(some(random, ALPHANUMERIC + "+/", width)).append('\n');
        }
        return key.append(some(random, ALPHANUMERIC, 10))
                .append("==\n-----END RSA PRIVATE " + "KEY-----")
                .toString();
    }
}
