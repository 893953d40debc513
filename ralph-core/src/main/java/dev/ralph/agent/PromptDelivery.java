/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.agent;

import dev.ralph.log.LogText;
import dev.ralph.process.ProcessInput;
import dev.ralph.spi.AgentInvocation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A command with its placeholders replaced, and how the prompt reaches it. A prompt file is gone after {@link #close}. */
final class PromptDelivery implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(PromptDelivery.class);
    private static final String PROMPT_FILE = "{promptFile}";
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{(?:promptFile|workspace|run|iteration|attempt)}");

    private final List<String> command;
    private final ProcessInput input;
    private final @Nullable Path file;

    private PromptDelivery(List<String> command, ProcessInput input, @Nullable Path file) {
        this.command = List.copyOf(command);
        this.input = input;
        this.file = file;
    }

    /** Standard input, or a private file if an argument asks for one. */
    static PromptDelivery of(List<String> template, AgentInvocation invocation, Path privateFolder) {
        boolean byFile = template.stream().anyMatch(argument -> argument.contains(PROMPT_FILE));
        Path file = byFile ? write(privateFolder, invocation.prompt()) : null;
        Map<String, String> values = Map.of(
                PROMPT_FILE,
                file == null ? "" : file.toString(),
                "{workspace}",
                invocation.workspace().toString(),
                "{run}",
                invocation.run().toString(),
                "{iteration}",
                Integer.toString(invocation.iteration()),
                "{attempt}",
                Integer.toString(invocation.attempt()));
        List<String> command = template.stream()
                .map(argument -> PLACEHOLDER
                        .matcher(argument)
                        .replaceAll(found -> Matcher.quoteReplacement(values.getOrDefault(found.group(), ""))))
                .toList();
        return new PromptDelivery(
                command, file == null ? ProcessInput.text(invocation.prompt()) : ProcessInput.none(), file);
    }

    List<String> command() {
        return command;
    }

    ProcessInput input() {
        return input;
    }

    /** Files made for temporary use belong to this user alone where the file system knows users. */
    private static Path write(Path folder, String prompt) {
        try {
            Path file = Files.createTempFile(folder, "prompt-", ".md");
            Files.writeString(file, prompt);
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException("the prompt cannot be written to a temporary file", e);
        }
    }

    @Override
    public void close() {
        if (file != null) {
            try {
                Files.deleteIfExists(file);
            } catch (IOException e) {
                // The attempt is over and paid for: its outcome counts, whatever becomes of the file.
                LOG.warn(
                        "The prompt file {} cannot be deleted; delete it by hand: {}",
                        LogText.line(file),
                        LogText.line(e));
            }
        }
    }
}
