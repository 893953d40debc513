/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.agents.claude.internal;

import dev.ralph.agent.cli.JsonShape;
import java.util.Set;

/**
 * What the client prints with {@code --output-format stream-json}, as far as it is read. Taken from recordings of version
 * {@value ClaudeProbe#TESTED}; the order of fields is not fixed.
 */
final class ClaudeEvents {

    private static final int NAME = 200;
    private static final int SUMMARY = 200;
    private static final int MESSAGE = 1_000;

    /** Fields of all events; what an event is shows only when it has been read. */
    static final JsonShape SHAPE = JsonShape.of(
                    "type",
                    "subtype",
                    // assistant and user
                    "error",
                    "message.model",
                    "message.content.type",
                    "message.content.text",
                    "message.content.is_error",
                    "message.usage.input_tokens",
                    "message.usage.output_tokens",
                    "message.usage.cache_read_input_tokens",
                    "message.usage.cache_creation_input_tokens",
                    "tool_result_meta.permission_decision.decision",
                    // system
                    "attempt",
                    "retry_delay_ms",
                    "error_status",
                    "rate_limit_info.status",
                    "rate_limit_info.resetsAt",
                    // result
                    "is_error",
                    "result",
                    "api_error",
                    "api_error_status",
                    "api_error_type",
                    "terminal_reason",
                    "stop_reason",
                    "total_cost_usd",
                    "usage.input_tokens",
                    "usage.output_tokens",
                    "usage.cache_read_input_tokens",
                    "usage.cache_creation_input_tokens",
                    "modelUsage.*.inputTokens",
                    "modelUsage.*.outputTokens",
                    "modelUsage.*.cacheReadInputTokens",
                    "modelUsage.*.cacheCreationInputTokens",
                    "modelUsage.*.costUSD",
                    "model_usage_since_last_result.*.inputTokens",
                    "model_usage_since_last_result.*.outputTokens",
                    "model_usage_since_last_result.*.cacheReadInputTokens",
                    "model_usage_since_last_result.*.cacheCreationInputTokens",
                    "model_usage_since_last_result.*.costUSD")
            // Kept for the length of the launch, hundreds of them: no client's name for something is longer.
            .beginnings(
                    NAME,
                    "session_id",
                    "message.id",
                    "message.content.id",
                    "message.content.name",
                    "message.content.tool_use_id",
                    "tool_result_meta.id",
                    "permission_denials.tool_name")
            .beginnings(MESSAGE, "errors")
            .beginnings(SUMMARY, "message.content.input.*", "message.content.content", "message.content.content.text")
            .ignoring(
                    "aborted",
                    "additional_directories",
                    "agent_id",
                    "agents",
                    "analytics_disabled",
                    "apiKeySource",
                    "api_error_params",
                    "api_message_id",
                    "api_refusal_category",
                    "api_refusal_explanation",
                    "begun_message_ids",
                    "capabilities",
                    "claude_code_version",
                    "content",
                    "cwd",
                    "decision_reason",
                    "decision_reason_type",
                    "description",
                    "duration_api_ms",
                    "duration_ms",
                    "estimated_tokens",
                    "estimated_tokens_delta",
                    "event",
                    "fallback_model",
                    "fast_mode_disabled_reason",
                    "fast_mode_state",
                    "first_content_frame_ms",
                    "isSynthetic",
                    "is_api_error_message",
                    "is_backgrounded",
                    "level",
                    "max_retries",
                    "mcp_servers",
                    "memory_paths",
                    "messaging_socket_path",
                    "model",
                    "num_turns",
                    "origin",
                    "original_cwd",
                    "original_model",
                    "output_file",
                    "output_style",
                    "parent_tool_use_id",
                    "patch",
                    "per_turn_effort_active",
                    "permissionMode",
                    "plugins",
                    "product_feedback_disabled",
                    "prompt",
                    "queued_turn_count",
                    "refused_message_id",
                    "refused_user_message_uuid",
                    "request_id",
                    "result_index",
                    "run_id",
                    "safety_stops",
                    "served_by_anthropic",
                    "skills",
                    "slash_commands",
                    "spawn_depth",
                    "status",
                    "structured_output",
                    "subagent_stats",
                    "subagent_type",
                    "summary",
                    "summary_is_report",
                    "task_description",
                    "task_id",
                    "task_type",
                    "tasks",
                    "terminal_slash_commands",
                    "thinking_display",
                    "thinking_duration_ms",
                    "time_to_request_ms",
                    "timestamp",
                    "tool_name",
                    "tool_use_id",
                    "tool_use_result",
                    "tools",
                    "trigger",
                    "ttft_ms",
                    "ttft_stream_ms",
                    "ultrathink_available",
                    "ultrathink_typed_raises",
                    "uuid",
                    "view_mode");

    /** Types that tell nothing Ralph needs, but are no surprise. */
    static final Set<String> KNOWN_TYPES =
            Set.of("system", "assistant", "user", "result", "stream_event", "rate_limit_event");

    private ClaudeEvents() {}
}
