# scenario: {"turns":[{"error":{"status":429,"body":{"error":{"code":429,"status":"RESOURCE_EXHAUSTED","message":"Quota per minute, please retry in 2s.","details":[{"@type":"type.googleapis.com/google.rpc.RetryInfo","retryDelay":"2s"}]}}},"times":0}]}
# stdin: "work"
gemini -o stream-json -m gemini-2.5-pro --approval-mode auto_edit
