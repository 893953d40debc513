/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.spring.boot.properties;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * What the adapters of command-line clients read. What is null is not set: the adapter's default counts.
 *
 * @param claudeCommand The program of Claude Code.
 * @param claudeApiKeySecret Name of the secret that is the API key of Claude Code.
 * @param geminiCommand The program of Gemini CLI.
 * @param geminiApiKeySecret Name of the secret that is the API key of Gemini CLI.
 * @param geminiModel The model Gemini CLI uses unless a run names one.
 * @param geminiPrices File with prices of models, for estimates of what Gemini CLI costs.
 */
@ConfigurationProperties("ralph")
public record ClientProperties(
        @Nullable String claudeCommand,
        @LibraryName("CLAUDE_API_KEY_SECRET") @Nullable String claudeApiKeySecret,
        @Nullable String geminiCommand,
        @LibraryName("GEMINI_API_KEY_SECRET") @Nullable String geminiApiKeySecret,
        @Nullable String geminiModel,
        @Nullable String geminiPrices) {}
