# scenario: {"turns":[{"text":"some","stream_error":{"message":"overloaded"},"times":0}]}
# stdin: "work"
gemini -o stream-json -m gemini-2.5-pro --approval-mode auto_edit
