# scenario: {"turns":[{"text":"some longer text that is cut in the middle of it","cut":"body","times":0}]}
# stdin: "work"
gemini -o stream-json -m gemini-2.5-pro --approval-mode auto_edit
