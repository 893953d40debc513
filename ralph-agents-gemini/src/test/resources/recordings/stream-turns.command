# scenario: {"turns":[{"tool":{"name":"list_directory","input":{"dir_path":"."}},"times":0}]}
# stdin: "work"
gemini -o stream-json -m gemini-2.5-pro --approval-mode auto_edit
