# scenario: {"turns":[{"error":{"status":400,"body":{"error":{"code":400,"message":"API key not valid. Please pass a valid API key.","status":"INVALID_ARGUMENT","details":[{"@type":"type.googleapis.com/google.rpc.ErrorInfo","reason":"API_KEY_INVALID","domain":"googleapis.com","metadata":{"service":"generativelanguage.googleapis.com"}}]}}},"times":0}]}
# stdin: "work"
gemini -o stream-json -m gemini-2.5-pro --approval-mode auto_edit
