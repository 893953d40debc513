# scenario: {"turns":[{"text":"I will write.","tool":{"name":"write_file","input":{"file_path":"{{cwd}}/hello.txt","content":"written by the fake model\n"}}},{"text":"Written.\nLOOP_COMPLETE","usage":{"input":500,"output":20,"cache_read":400,"thoughts":7}}]}
# stdin: "work"
gemini -o stream-json -m gemini-2.5-pro --approval-mode auto_edit
