# scenario: {"turns":[{"error":{"status":404,"message":"models/no-such is not found for API version v1beta"},"times":0}]}
# stdin: "work"
gemini -o stream-json -m gemini-2.5-pro --approval-mode auto_edit
