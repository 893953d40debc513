# scenario: {}
# stdin: "work"
gemini -o stream-json -m gemini-2.5-pro --approval-mode auto_edit
