# scenario: {"turns":[{"text":"First I think about it for a while.\n","tool":{"name":"list_directory","input":{"dir_path":"."}}},{"text":["Second ","part.\n","LOOP_","COMPLETE\n"]}]}
# stdin: "work"
gemini -o stream-json -m gemini-2.5-pro --approval-mode auto_edit
