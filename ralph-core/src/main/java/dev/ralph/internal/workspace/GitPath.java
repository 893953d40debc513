/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.workspace;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * A path as git names it: bytes relative to the top of the working tree, with slashes.
 *
 * <p>File names are bytes, not text. They travel to and from git in git's quoted form, which is ASCII, and reach the file
 * system through a URI, so that no locale can change them.
 *
 * @param bytes the bytes, one per character
 */
record GitPath(String bytes) implements Comparable<GitPath> {

    /** Reads a path from a line that git printed, quoted or not. */
    static GitPath parse(String line) {
        if (line.length() < 2 || line.charAt(0) != '"') {
            return new GitPath(line);
        }
        StringBuilder out = new StringBuilder(line.length());
        int end = line.length() - 1;
        int at = 1;
        while (at < end) {
            char c = line.charAt(at++);
            if (c != '\\') {
                out.append(c);
                continue;
            }
            char escaped = line.charAt(at++);
            if (escaped >= '0' && escaped <= '7') {
                out.append((char) Integer.parseInt(line.substring(at - 1, at + 2), 8));
                at += 2;
            } else {
                out.append(unescape(escaped));
            }
        }
        return new GitPath(out.toString());
    }

    /** A path from text, by its UTF-8 bytes. */
    static GitPath of(String text) {
        return new GitPath(new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1));
    }

    /** The path in the form that git reads from standard input. */
    String quoted() {
        StringBuilder out = new StringBuilder(bytes.length() + 2).append('"');
        for (int i = 0; i < bytes.length(); i++) {
            char c = bytes.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < 0x20 || c >= 0x7f) {
                out.append('\\').append((char) ('0' + (c >> 6))).append((char) ('0' + ((c >> 3) & 7)));
                out.append((char) ('0' + (c & 7)));
            } else {
                out.append(c);
            }
        }
        return out.append('"').toString();
    }

    boolean isDirectory() {
        return bytes.endsWith("/");
    }

    /** The last name in the path. */
    String fileName() {
        return bytes.substring(bytes.lastIndexOf('/') + 1);
    }

    GitPath child(String name) {
        return new GitPath(isDirectory() ? bytes + name : bytes + "/" + name);
    }

    /** This path as seen from a directory of the file system. */
    Path under(Path directory) {
        if (bytes.chars().allMatch(c -> c > 0x20 && c < 0x7f && c != '\\')) {
            return directory.resolve(bytes);
        }
        StringBuilder uri = new StringBuilder(
                bytes.startsWith("/") ? "file:" : directory.toUri().toString());
        for (String name : bytes.split("/", -1)) {
            if (!name.isEmpty() && uri.charAt(uri.length() - 1) != '/') {
                uri.append('/');
            }
            for (int i = 0; i < name.length(); i++) {
                char c = name.charAt(i);
                uri.append('%').append(Character.forDigit(c >> 4, 16)).append(Character.forDigit(c & 15, 16));
            }
        }
        return Path.of(URI.create(uri.toString()));
    }

    /** A file system path below a directory, as git names it. */
    static GitPath between(Path directory, Path below) {
        String base = directory.toUri().getRawPath();
        String full = below.toUri().getRawPath();
        String rest = full.substring(base.length());
        ByteArrayOutputStream out = new ByteArrayOutputStream(rest.length());
        for (int i = 0; i < rest.length(); i++) {
            char c = rest.charAt(i);
            if (c == '%') {
                out.write(Integer.parseInt(rest.substring(i + 1, i + 3), 16));
                i += 2;
            } else {
                out.write(c);
            }
        }
        String bytes = out.toString(StandardCharsets.ISO_8859_1);
        int from = bytes.startsWith("/") ? 1 : 0;
        int to = bytes.endsWith("/") ? bytes.length() - 1 : bytes.length();
        return new GitPath(bytes.substring(Math.min(from, to), to));
    }

    private static char unescape(char c) {
        return switch (c) {
            case 'a' -> 7;
            case 'b' -> '\b';
            case 't' -> '\t';
            case 'n' -> '\n';
            case 'v' -> 11;
            case 'f' -> '\f';
            case 'r' -> '\r';
            default -> c;
        };
    }

    @Override
    public int compareTo(GitPath other) {
        return bytes.compareTo(other.bytes);
    }

    /** For people: the bytes read as UTF-8. */
    @Override
    public String toString() {
        return new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }
}
