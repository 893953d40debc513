/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.workspace;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the line by which a prompt file says that the task is done. */
public final class TaskMarker {

    private static final Pattern COMPLETE = Pattern.compile("[ \\t]*- \\[[xX]\\] TASK_COMPLETE[ \\t]*");
    private static final Pattern FENCE = Pattern.compile("[ \\t]*(`{3,}|~{3,})(.*)");

    private TaskMarker() {}

    /**
     * Whether a line of the text is {@code - [x] TASK_COMPLETE}, with nothing before or after but blanks. Lines in fenced
     * code blocks and block quotes do not count, so that a prompt may explain the marker.
     *
     * @param text a prompt in Markdown
     * @return whether the task is marked as complete
     */
    public static boolean taskMarkedComplete(String text) {
        String fence = "";
        for (String line : (Iterable<String>) text.lines()::iterator) {
            Matcher mark = FENCE.matcher(line);
            if (mark.matches()) {
                fence = after(mark, fence);
            } else if (fence.isEmpty() && COMPLETE.matcher(line).matches()) {
                return true;
            }
        }
        return false;
    }

    /** The fence that is open after a line that looks like one; empty if none is. */
    private static String after(Matcher mark, String open) {
        String fence = mark.group(1);
        String info = mark.group(2);
        if (open.isEmpty()) {
            boolean inlineCode = fence.charAt(0) == '`' && info.indexOf('`') >= 0;
            return inlineCode ? "" : fence;
        }
        boolean closes = fence.charAt(0) == open.charAt(0) && fence.length() >= open.length() && info.isBlank();
        return closes ? "" : open;
    }
}
