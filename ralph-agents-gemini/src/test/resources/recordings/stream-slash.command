# scenario: {"turns":[{"text":"Hello.","usage":{"input":1000,"output":50,"cache_read":200,"thoughts":30}}]}
# stdin: "/exit"
gemini -o stream-json -m gemini-2.5-pro --approval-mode auto_edit
