package dev.ralph.agents.gemini;

import java.util.ArrayList;
import java.util.List;

/** The client's command line. Everybody on the host can read it: neither prompt nor key is in it. */
final class GeminiArguments {

    private GeminiArguments() {}

    static List<String> of(List<String> command, GeminiAgentConfig config) {
        List<String> argv = new ArrayList<>(command);
        argv.addAll(List.of("--output-format", "stream-json"));
        argv.addAll(List.of("--approval-mode", config.approvalMode().flag()));
        if (config.model() != null) {
            // One word, so that a name that begins with a dash is no option.
            argv.add("--model=" + config.model());
        }
        return argv;
    }

    static List<String> version(List<String> command) {
        List<String> argv = new ArrayList<>(command);
        argv.add("--version");
        return argv;
    }
}
