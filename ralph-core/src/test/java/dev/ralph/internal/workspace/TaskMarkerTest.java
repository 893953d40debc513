/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TaskMarkerTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "- [x] TASK_COMPLETE",
                "- [X] TASK_COMPLETE",
                "# Task\n\nFix it.\n\n- [x] TASK_COMPLETE\n",
                "  - [x] TASK_COMPLETE  ",
                "\t- [x] TASK_COMPLETE\t\r\nmore",
                "```\ncode\n```\n- [x] TASK_COMPLETE",
                "````\n```\n````\n- [x] TASK_COMPLETE",
                "~~~\n```\n~~~\n- [x] TASK_COMPLETE",
                "```inline``` code\n- [x] TASK_COMPLETE",
                "> quoted\n- [x] TASK_COMPLETE"
            })
    void seesTheMarkedLine(String text) {
        assertThat(TaskMarker.taskMarkedComplete(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "- [ ] TASK_COMPLETE",
                "TASK_COMPLETE",
                "When done, write - [x] TASK_COMPLETE at the end.",
                "- [x] TASK_COMPLETE when all tests pass",
                "not - [x] TASK_COMPLETE",
                "- [x] TASK_COMPLETED",
                "- [x] NOT TASK_COMPLETE",
                "* [x] TASK_COMPLETE",
                "- [x]  TASK_COMPLETE",
                "- [x] task_complete",
                "`- [x] TASK_COMPLETE`",
                "> - [x] TASK_COMPLETE",
                "  > - [x] TASK_COMPLETE",
                "```\n- [x] TASK_COMPLETE\n```",
                "```md\n- [x] TASK_COMPLETE\n```\n",
                "~~~\n- [x] TASK_COMPLETE\n~~~",
                "````\n```\n- [x] TASK_COMPLETE\n````",
                "```\n~~~\n- [x] TASK_COMPLETE\n```",
                "```\n``` not a closing fence\n- [x] TASK_COMPLETE\n```",
                "```\nnever closed\n- [x] TASK_COMPLETE",
                "1. Do it:\n      ```\n      - [x] TASK_COMPLETE\n      ```"
            })
    void isNotFooledByAMention(String text) {
        assertThat(TaskMarker.taskMarkedComplete(text)).isFalse();
    }
}
