/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.agents.gemini;

import java.util.Arrays;
import java.util.Optional;

/** Which tools the client lets the model use without asking. Nobody is there to be asked: what would ask is not offered. */
public enum ApprovalMode {
    /** Only tools that read. */
    DEFAULT("default"),
    /** Tools that read, and those that edit files in the workspace. No shell commands. */
    AUTO_EDIT("auto_edit"),
    /** Every tool, shell commands included. To be had by its name only. */
    YOLO("yolo");

    private final String flag;

    ApprovalMode(String flag) {
        this.flag = flag;
    }

    /** How the client spells it. */
    public String flag() {
        return flag;
    }

    static Optional<ApprovalMode> of(String flag) {
        return Arrays.stream(values()).filter(mode -> mode.flag.equals(flag)).findFirst();
    }
}
