# scenario: {"turns":[{"error":{"status":429,"body":{"error":{"code":429,"status":"RESOURCE_EXHAUSTED","message":"Quota.","details":[{"@type":"type.googleapis.com/google.rpc.RetryInfo","retryDelay":"900.5s"}]}}},"times":0}]}
# stdin: "work"
gemini -o stream-json -m gemini-2.5-pro --approval-mode auto_edit
