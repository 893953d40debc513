/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.secret;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The shapes of secrets nobody told Ralph of, as their vendors document them; what no vendor says is as it is commonly seen.
 *
 * <ul>
 *   <li>Anthropic: {@code sk-ant-} (platform.claude.com, Admin API and Compliance API: {@code sk-ant-admin01-}, {@code
 *       sk-ant-api01-}); {@code sk-ant-api03-} and Claude Code's {@code sk-ant-oat01-}, {@code sk-ant-ort01-} are commonly seen
 *   <li>OpenAI: commonly seen are {@code sk-proj-}, {@code sk-svcacct-}, {@code sk-admin-}, and {@code sk-} with 48 letters
 *       and digits before that; others that speak its protocol use {@code sk-} and 32
 *   <li>OpenRouter: {@code sk-or-v1-} (openrouter.ai/docs, API keys); what follows is commonly seen as 64 hexadecimal digits
 *   <li>Google: {@code AIza} and 35 characters for API keys, {@code ya29.} for OAuth access tokens, both commonly seen
 *   <li>Hugging Face: {@code hf_} (huggingface.co/docs, user access tokens); 34 letters are commonly seen
 *   <li>GitHub: {@code ghp_}, {@code gho_}, {@code ghu_}, {@code ghs_}, {@code ghr_} and letters, digits and underscores
 *       (GitHub changelog of 2021-03-31); {@code github_pat_} and 82 of them are commonly seen
 *   <li>GitLab: {@code glpat-} and its like (docs.gitlab.com, token overview, token prefixes)
 *   <li>AWS: {@code AKIA} and {@code ASIA} with 16 characters (IAM user guide, unique identifiers); 40 characters behind the
 *       names that the CLI, the SDKs and STS give secret keys, a few words may be between
 *   <li>Slack: {@code xoxb-}, {@code xoxp-} and its like, {@code xapp-} (docs.slack.dev, tokens)
 *   <li>npm: {@code npm_} and 36 characters (GitHub changelog, npm has a new access token format)
 *   <li>PyPI: {@code pypi-} and a macaroon of 85 characters or more (docs.pypi.org, secret reporting API); that of a macaroon
 *       of version 2 begins with {@code AgE}
 *   <li>Stripe: {@code sk_live_} (docs.stripe.com/api/authentication), {@code rk_live_} for restricted keys
 *   <li>what stands behind {@code Authorization:} with the scheme Bearer (RFC 6750), Basic (RFC 7617) or token (GitHub)
 * </ul>
 *
 * Beside them {@link JwtShape JWTs}, {@link UrlPasswordShape passwords in URLs} and {@link KeyBlock private keys}.
 */
final class SecretShapes {

    /** How far one must see to know whether a secret is there: no shape takes more to be recognised. */
    static final int REACH = JwtShape.LONGEST_HEADER + 64;

    private static final int ASCII = 128;
    private static final Alphabet WITH_DOTS = new Alphabet("A-Za-z0-9_.-");
    private static final Alphabet WORD = new Alphabet("A-Za-z0-9_");
    private static final Alphabet WITH_HYPHENS = new Alphabet("A-Za-z0-9-");
    private static final Alphabet TOKEN68 = new Alphabet("A-Za-z0-9._~+/=-");
    private static final Alphabet AWS = new Alphabet("A-Za-z0-9/+");

    private static final List<Shape> ALL = List.of(
            TokenShape.of("sk-ant-", Alphabet.BASE64URL, 20),
            TokenShape.of("sk-proj-", Alphabet.BASE64URL, 20),
            TokenShape.of("sk-svcacct-", Alphabet.BASE64URL, 20),
            TokenShape.of("sk-admin-", Alphabet.BASE64URL, 20),
            TokenShape.withDigit("sk-or-v1-", Alphabet.BASE64URL, 20),
            TokenShape.withDigit("sk-", Alphabet.ALPHANUMERIC, 32),
            TokenShape.of("AIza", Alphabet.BASE64URL, 35),
            TokenShape.of("ya29.", WITH_DOTS, 20),
            TokenShape.of("hf_", Alphabet.ALPHANUMERIC, 34),
            TokenShape.of("ghp_", WORD, 36),
            TokenShape.of("gho_", WORD, 36),
            TokenShape.of("ghu_", WORD, 36),
            TokenShape.of("ghs_", WITH_DOTS, 36),
            TokenShape.of("ghr_", WORD, 36),
            TokenShape.of("github_pat_", WORD, 36),
            TokenShape.of("glpat-", WITH_DOTS, 20),
            TokenShape.of("gldt-", WITH_DOTS, 20),
            TokenShape.of("glrt-", WITH_DOTS, 20),
            TokenShape.of("glptt-", WITH_DOTS, 20),
            TokenShape.exactly("AKIA", Alphabet.BASE32, 16),
            TokenShape.exactly("ASIA", Alphabet.BASE32, 16),
            new AssignedShape("secret_access_key", List.of(), AWS, 40, 40),
            new AssignedShape("secretaccesskey", List.of(), AWS, 40, 40),
            new MentionedShape("secret_access_key", AWS, 40),
            new MentionedShape("secretaccesskey", AWS, 40),
            new MentionedShape("secret access key", AWS, 40),
            new AssignedShape("aws_session_token", List.of(), Alphabet.BASE64, 100, 0),
            new AssignedShape("sessiontoken", List.of(), Alphabet.BASE64, 100, 0),
            TokenShape.withDigit("xoxa-", WITH_HYPHENS, 10),
            TokenShape.withDigit("xoxb-", WITH_HYPHENS, 10),
            TokenShape.withDigit("xoxe-", WITH_HYPHENS, 10),
            TokenShape.withDigit("xoxp-", WITH_HYPHENS, 10),
            TokenShape.withDigit("xoxr-", WITH_HYPHENS, 10),
            TokenShape.withDigit("xoxs-", WITH_HYPHENS, 10),
            TokenShape.withDigit("xapp-", WITH_HYPHENS, 10),
            TokenShape.of("npm_", Alphabet.ALPHANUMERIC, 36),
            TokenShape.of("pypi-AgE", Alphabet.BASE64URL, 40),
            TokenShape.of("sk_live_", Alphabet.ALPHANUMERIC, 16),
            TokenShape.of("rk_live_", Alphabet.ALPHANUMERIC, 16),
            new AssignedShape("authorization", List.of("bearer", "basic", "token"), TOKEN68, 8, 0),
            new JwtShape(),
            new UrlPasswordShape());

    private static final List<List<Shape>> BY_FIRST = byFirst();

    private SecretShapes() {}

    /** The secret that is found at a place of a line, if there is one. */
    static @Nullable Found find(Fragment in, int at) {
        char first = in.text().charAt(at);
        if (first < ASCII) {
            for (Shape shape : BY_FIRST.get(first)) {
                Found found = shape.find(in, at);
                if (found != null) {
                    return found;
                }
            }
        }
        return null;
    }

    private static List<List<Shape>> byFirst() {
        List<List<Shape>> shapes = new ArrayList<>();
        for (char first = 0; first < ASCII; first++) {
            String letter = String.valueOf(first);
            shapes.add(ALL.stream()
                    .filter(shape -> shape.firsts().contains(letter))
                    .toList());
        }
        return List.copyOf(shapes);
    }
}
