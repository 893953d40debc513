# scenario: {"turns":[{"error":{"status":400,"message":"The input token count (1200000) exceeds the maximum number of tokens allowed (1048576)."},"times":0}]}
# stdin: "work"
gemini -o stream-json -m gemini-2.5-pro --approval-mode auto_edit
