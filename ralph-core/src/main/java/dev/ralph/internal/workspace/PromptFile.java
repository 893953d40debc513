/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.workspace;

import dev.ralph.InvalidPromptException;
import dev.ralph.Prompt;
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
import org.jspecify.annotations.Nullable;

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
     * @throws InvalidPromptException if there is no usable prompt; the message names the path and the fix
     */
    public String read() {
        Path path = workspace.resolve(file);
        Path real = realPath(path);
        if (!Files.isRegularFile(real, LinkOption.NOFOLLOW_LINKS)) {
            throw invalid(path, "is not a regular file; name a text file", null);
        }
        String text = decode(path, bytes(path, real));
        if (text.isBlank()) {
            throw invalid(path, "is empty or blank; write the task into it", null);
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
                throw invalid(
                        path,
                        "leads to " + real + ", which is outside the workspace " + home
                                + "; keep the file in the workspace, or configure its absolute path",
                        null);
            }
            return real;
        } catch (NoSuchFileException e) {
            throw invalid(path, "does not exist; create it, or correct the path", e);
        } catch (IOException e) {
            throw unreadable(path, e);
        }
    }

    private static byte[] bytes(Path path, Path real) {
        try {
            byte[] bytes = ShortFiles.read(real, Prompt.MAX_BYTES + 1);
            if (bytes.length > Prompt.MAX_BYTES) {
                throw invalid(
                        path,
                        "is larger than " + Prompt.MAX_BYTES + " bytes; shorten it, or refer to other files in it",
                        null);
            }
            return bytes;
        } catch (IOException e) {
            throw unreadable(path, e);
        }
    }

    private static InvalidPromptException unreadable(Path path, IOException e) {
        String why = e instanceof FileSystemException f && f.getReason() != null
                ? f.getReason()
                : e.getClass().getSimpleName();
        return invalid(path, "cannot be read (" + why + "); check its permissions", e);
    }

    private static InvalidPromptException invalid(Path path, String what, @Nullable Throwable cause) {
        return new InvalidPromptException("the prompt file " + path + " " + what, cause);
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
            throw invalid(path, "is not UTF-8 at byte offset " + in.position() + "; save it as UTF-8", null);
        }
        String text = out.flip().toString();
        return !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? text.substring(1) : text;
    }
}
