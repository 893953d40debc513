# scenario: {"turns":[{"text":"Hello.","usage":{"input":1000,"output":50,"cache_read":200,"thoughts":30}}]}
# stdin: "Look at @src and @B.txt and @/etc/passwd and @Override\n  indented"
gemini -o stream-json -m gemini-2.5-pro --approval-mode auto_edit
