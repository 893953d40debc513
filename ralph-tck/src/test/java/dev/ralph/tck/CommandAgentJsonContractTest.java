/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.tck;

import dev.ralph.CostKind;
import dev.ralph.agent.CommandAgentBuilder;
import dev.ralph.agent.CommandAgentConfig.JsonResult;
import java.nio.file.Path;

/** A program that prints JSON with its usage, reads its prompt from a file and tells its version. */
class CommandAgentJsonContractTest extends CommandAgentContract {

    private static final String DIALECT = """
            file=$1
            if [ "$file" = --version ]; then echo 'agent 1.2.3'; exit 0; fi
            prompt() { cat "$file"; }
            used=''
            usage() { used=$(printf ',"used":{"in":%s,"out":%s,"hit":%s,"kept":%s},"cost":%s' "$@"); }
            say() { printf '{"type":"text","text":"%s"}\\n' "$1"; }
            finish() { printf '{"type":"result","failed":false,"result":"'; cat; printf '"%s}\\n' "$used"; }
            fail() { printf '{"type":"result","failed":true,"result":"%s"}\\n' "$1"; exit 0; }
            """;

    @Override
    AgentScript script() {
        return new AgentScript(DIALECT);
    }

    @Override
    CommandAgentBuilder setUp(CommandAgentBuilder builder, Path program) {
        return builder.command(program.toString(), "{promptFile}")
                .versionCommand(program.toString(), "--version")
                .json(new JsonResult(
                        "/result",
                        "/failed",
                        "/used/in",
                        "/used/out",
                        "/used/hit",
                        "/used/kept",
                        "/cost",
                        CostKind.BILLED));
    }
}
