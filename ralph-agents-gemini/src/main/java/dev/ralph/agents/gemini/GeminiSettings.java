package dev.ralph.agents.gemini;

import dev.ralph.ConfigurationException;
import dev.ralph.agent.cli.RunSettings;
import java.util.Map;
import java.util.Set;

/** Reads a run's settings: {@code model}, {@code approvalMode}, {@code maxTurns}. */
final class GeminiSettings {

    private static final String MODEL = "model";
    private static final String APPROVAL_MODE = "approvalMode";
    private static final String MAX_TURNS = "maxTurns";
    private static final Set<String> KNOWN = Set.of(MODEL, APPROVAL_MODE, MAX_TURNS);

    private GeminiSettings() {}

    /**
     * The host's set-up, as the run wants it.
     *
     * @throws ConfigurationException if a setting is unknown or wrong
     */
    static GeminiAgentConfig over(GeminiAgentConfig host, Map<String, Object> values) {
        RunSettings settings = new RunSettings(GeminiAgentProvider.ID, values, KNOWN);
        Integer turns = settings.integer(MAX_TURNS, 1, GeminiAgentConfig.MAX_TURNS, host.maxTurns());
        return host.forRun(
                settings.text(MODEL, host.model()),
                approvalMode(settings, host.approvalMode()),
                turns == null ? host.maxTurns() : turns);
    }

    private static ApprovalMode approvalMode(RunSettings settings, ApprovalMode otherwise) {
        String flag = settings.text(APPROVAL_MODE, null);
        return flag == null
                ? otherwise
                : ApprovalMode.of(flag)
                        .orElseThrow(() -> settings.wrong(APPROVAL_MODE, "must be default, auto_edit or yolo"));
    }
}
