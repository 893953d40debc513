# scenario: {"turns":[{"error":{"status":429,"body":{"error":{"code":429,"status":"RESOURCE_EXHAUSTED","message":"You exceeded your current quota, please check your plan.","details":[{"@type":"type.googleapis.com/google.rpc.QuotaFailure","violations":[{"quotaMetric":"generativelanguage.googleapis.com/generate_content_paid_tier_requests","quotaId":"GenerateRequestsPerDayPerProjectPerModel","quotaValue":"100"}]}]}}},"times":0}]}
# stdin: "work"
gemini -o stream-json -m gemini-2.5-pro --approval-mode auto_edit
