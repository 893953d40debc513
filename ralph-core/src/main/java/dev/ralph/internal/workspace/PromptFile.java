/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.workspace;

import dev.ralph.Prompt;
import dev.ralph.internal.workspace.PromptFileException.Problem;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * The file that holds the prompt of a run, read anew for every iteration.
 *
 * <p>A path inside the workspace must also lead to a file inside it, links followed: the agent may have replaced the file
 * by a link. A path outside is used only if the host gave it as an absolute path.
 *
 * @param workspace the workspace
 * @param file absolute, or relative to the workspace
 */
public record PromptFile(Path workspace, Path file) {

    private static final char BYTE_ORDER_MARK = '\uFEFF';

    /**
     * Reads the file.
     *
     * @return the text, not blank, without a byte order mark
     * @throws PromptFileException if there is no usable prompt; the message names the path and the fix
     */
    public String read() {
        Path path = workspace.resolve(file);
        Path real = realPath(path);
        if (!Files.isRegularFile(real, LinkOption.NOFOLLOW_LINKS)) {
            throw new PromptFileException(Problem.NOT_A_FILE, path, "is not a regular file. Name a text file.", null);
        }
        String text = decode(path, bytes(path, real));
        if (text.isBlank()) {
            throw new PromptFileException(Problem.EMPTY, path, "is empty or blank. Write the task into it.", null);
        }
        return text;
    }

    private Path realPath(Path path) {
        try {
            Path home = workspace.toRealPath();
            boolean chosenByHost = file.isAbsolute()
                    && !file.normalize().startsWith(workspace.toAbsolutePath().normalize())
                    && !file.normalize().startsWith(home);
            Path real = path.toRealPath();
            if (!chosenByHost && !real.startsWith(home)) {
                throw new PromptFileException(
                        Problem.OUTSIDE,
                        path,
                        "leads to " + real + ", which is outside the workspace " + home
                                + ". Keep the file in the workspace, or configure its absolute path.",
                        null);
            }
            return real;
        } catch (NoSuchFileException e) {
            throw new PromptFileException(Problem.MISSING, path, "does not exist. Create it or correct the path.", e);
        } catch (IOException e) {
            throw unreadable(path, e);
        }
    }

    private static byte[] bytes(Path path, Path real) {
        try (var in = Files.newInputStream(real, LinkOption.NOFOLLOW_LINKS)) {
            byte[] bytes = in.readNBytes(Prompt.MAX_BYTES + 1);
            if (bytes.length > Prompt.MAX_BYTES) {
                throw new PromptFileException(
                        Problem.TOO_LARGE,
                        path,
                        "is larger than " + Prompt.MAX_BYTES + " bytes. Shorten it, or refer to other files in it.",
                        null);
            }
            return bytes;
        } catch (IOException e) {
            throw unreadable(path, e);
        }
    }

    private static PromptFileException unreadable(Path path, IOException e) {
        String why = e instanceof FileSystemException f && f.getReason() != null
                ? f.getReason()
                : e.getClass().getSimpleName();
        return new PromptFileException(
                Problem.UNREADABLE, path, "cannot be read (" + why + "). Check its permissions.", e);
    }

    private static String decode(Path path, byte[] bytes) {
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length);
        CoderResult result = decoder.decode(in, out, true);
        if (result.isError()) {
            throw new PromptFileException(
                    Problem.NOT_UTF_8,
                    path,
                    "is not UTF-8 at byte offset " + in.position() + ". Save it as UTF-8.",
                    null);
        }
        String text = out.flip().toString();
        return !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? text.substring(1) : text;
    }
}
