"""Homes: names of sections in published templates and reports, and the part below which each stands best.

The templates are those of the books on site reliability of Google, of PagerDuty, Atlassian, incident.io, Azure, GitLab,
Elastic and Etsy, and of Amazon's correction of errors. A name is written in small letters, without punctuation at its
ends. It says more, less or something else than that of the part, so that it stays below it as it is.
"""

from __future__ import annotations

ENGLISH: dict[str, tuple[str, ...]] = {
    "summary": (
        "impact", "impacts", "customer impact", "user impact", "end user impact", "business impact",
        "impact assessment", "scope of impact", "impact and scope", "severity and impact", "impact and severity",
        "impact on users", "infrastructure impact", "productivity impact", "financial impact", "extent of impact",
        "blast radius", "affected services", "affected systems", "affected users", "services affected",
        "what happened", "what happend", "so what happened", "what was the impact",
        "who was affected", "who was impacted",
        "what is the problem", "what is wrong", "description", "incident summary", "incident description",
        "incident overview", "incident details", "problem description", "problem statement", "problem summary",
        "outage description", "problem", "the problem", "details of incident", "summary of impact",
        "summary of incident", "quick summary", "high level summary", "management summary", "synopsis", "background",
        "background information", "context", "introduction", "intro", "abstract", "tl;dr", "tldr", "tl dr", "scope",
        "severity", "symptoms", "symptom", "effects", "effect", "fallout", "consequences", "manifestation",
        "what customers experienced", "key information", "at a glance",
    ),
    "timeline": (
        "chronology", "sequence of events", "chain of events", "order of events", "timeline of events",
        "event timeline", "events timeline", "events/timeline", "problems/timeline", "incident timeline",
        "detailed timeline", "timeline summary", "events", "event log", "log of events", "incident log",
        "course of events", "what happened when", "key events", "timing", "incident timing", "key timestamps",
        "timestamps",
    ),
    "detection": (
        "how was it detected", "how was the incident detected", "how was this detected", "how did we detect it",
        "how did we find out", "how we found out", "how we noticed", "how we detected it",
        "who noticed", "who noticed it", "discovery",
        "detection method", "incident detection", "monitoring and detection", "detection and monitoring",
        "detection and alerting", "alerting", "alerts", "monitoring and alerting", "how did we notice",
        "detection and diagnosis", "detection gaps",
    ),
    "root-cause": (
        "contributing factors", "contributing factor", "contributors", "contributing causes",
        "contributing conditions", "contributing conditions analysis", "cause", "causes", "the cause",
        "cause of the problem", "cause analysis", "analysis of causes", "trigger", "triggers", "trigger(s)",
        "why did it happen", "why did this happen", "why it happened", "why did that happen", "what caused it",
        "what caused the incident", "what caused this", "what went wrong and why", "what went wrong, and why",
        "what allowed this to happen", "five whys", "5 whys", "five why's", "the five whys", "five why", "whys",
        "analysis", "incident analysis", "technical analysis", "fault", "fault analysis", "leadup", "lead-up",
        "lead up",
        "technical details", "technical description", "technical explanation", "technical root cause",
        "underlying cause", "underlying causes", "proximate cause", "direct cause", "primary cause",
        "blameless root cause", "root cause identification", "root cause and trigger", "root cause and mitigation",
        "root cause & trigger", "causes and contributing factors", "rca", "vulnerability", "the vulnerability",
        "details of vulnerability", "post incident analysis", "post-incident analysis", "process breakdown(s)",
    ),
    "resolution": (
        "response", "incident response", "our response", "mitigation", "mitigations", "mitigators", "fix", "the fix",
        "fixes", "details of fix", "workaround", "workarounds", "remediation", "how we fixed it", "how did we fix it",
        "how it was fixed", "what fixed it", "how was it fixed", "how was it resolved",
        "how was the incident resolved", "how did we resolve it", "how did we respond", "how we responded", "solution",
        "immediate actions", "immediate action", "immediate response", "immediate actions taken", "actions taken",
        "recovery process", "recovery actions", "recovery steps", "resolution steps", "restoration",
        "resulting action", "containment", "containment and eradication", "eradication", "short term fix",
        "verification", "response and recovery", "incident response analysis",
    ),
    "budget": (
        "slo impact", "impact on slo", "impact on slos", "slo violation", "sla impact", "budget impact",
    ),
    "actions": (
        "action points", "next steps", "next step", "follow-up", "follow-ups", "follow up", "follow ups", "followup",
        "followups", "follow up actions", "follow-up actions", "follow-up tasks", "follow up tasks", "follow-up items",
        "follow up items", "follow-up work", "todo", "todos", "to do", "to-do", "to dos", "tasks", "task list",
        "preventive measures", "preventative measures", "preventive measure", "preventative measure", "prevention",
        "prevention measures", "preventive actions", "preventative actions", "corrective measures",
        "corrective measure", "corrective action", "corrective actions with owners", "remediation items",
        "remediations", "repair items", "recommendations", "recommendation", "improvements", "future improvements",
        "suggested improvements", "technical improvements", "what we are doing about it", "what are we doing about it",
        "what we do about it", "what we will do", "what we will do about it", "what will we do", "what we'll do",
        "what will we do differently", "what we will do differently", "how we will prevent this",
        "how will we prevent it", "preventing recurrence", "prevention of recurrence",
        "planned actions", "actions to take", "actions and follow-ups", "action items and follow-ups",
        "action items & followups", "future actions", "future work", "future plans", "future prevention",
        "remediation and follow-up", "short-term actions", "long-term actions", "short term actions",
        "long term actions", "long term solution", "how do we prevent this",
        "how do we prevent it from happening again", "resulting actions",
        "how are we making incidents like this less likely or less impactful", "how will we prevent this",
        "how are we going to do better in the future", "what are we changing", "moving forward", "going forward",
        "steps to prevent recurrence", "work items", "tickets", "jira tickets",
        "measures", "countermeasures", "next actions", "post mortem action plan",
        "action plan", "mitigation plan", "remediation plan", "prevention plan", "improvement plan",
    ),
    "lessons": (
        "what went well", "what went wrong", "what went poorly", "what went badly", "what went right", "what worked",
        "what worked well", "what didn't work", "what did not work", "what didn't go well", "what did not go well",
        "what didn't go so well", "what could have gone better", "what could be improved", "what can be improved",
        "what could we have done better", "what could have been better", "things that went well",
        "things that went wrong", "things that went poorly", "things that went badly", "where we got lucky",
        "where did we get lucky", "we got lucky", "what we learned", "what did we learn", "what have we learned",
        "what we have learned", "takeaways", "takeaway", "key takeaways", "learnings", "key learnings",
        "learnings and risks", "lesson learned", "lessons learnt", "lessons learned and recommendations",
        "reflections", "reflection", "how'd we do", "how did we do", "retrospective", "areas for improvement",
        "backlog check",
    ),
    "process": (
        "process changes", "documentation improvements", "monitoring improvements", "improvements to process",
        "improvements to the process", "risk mitigation",
    ),
    "communication": (
        "messaging", "external communication", "internal communication", "customer communication",
        "external messaging", "internal messaging", "external communications", "internal communications",
        "customer communications", "communication timeline", "status page", "status page updates",
        "public communication", "public disclosure", "third party disclosure", "stakeholder communication",
        "announcement", "announcements", "disclosure", "provide feedback",
    ),
    "attachments": (
        "references", "reference", "links", "related links", "useful links", "relevant links", "resources", "appendix",
        "appendices", "appendinx", "apendix", "supporting information", "supporting materials", "supporting documents",
        "supporting data", "supporting documentation", "screenshots", "graphs", "charts", "dashboards", "logs",
        "evidence", "see also", "further reading", "related incidents", "related issues", "related tickets",
        "related items", "related documents", "chat log", "chat logs", "artifacts", "artefacts", "documents",
        "sources", "external links", "further information",
    ),
    "notes": (
        "stats", "statistics", "metrics", "attendees", "attendance", "postmortem attendees", "participants",
        "responders", "q&a", "q & a", "questions", "questions and answers", "open questions", "faq", "faqs",
        "glossary", "involved", "involved parties", "people involved", "names of people involved", "acknowledgements",
        "acknowledgments", "thanks", "credits", "definitions", "terminology", "meeting notes",
        "additional information", "additional notes", "other notes", "remarks", "miscellaneous", "misc", "shoutouts",
        "changelog", "revision history", "document history",
    ),
}  # fmt: skip

PORTUGUESE: dict[str, tuple[str, ...]] = {
    "summary": (
        "impacto", "impacto no cliente", "impacto nos clientes", "impacto nos usuários", "impacto no usuário",
        "impacto no negócio", "serviços afetados", "sistemas afetados", "usuários afetados", "o que aconteceu",
        "descrição", "descrição do incidente", "resumo do incidente", "sumário", "sumário do incidente",
        "sumário executivo", "visão geral", "contexto", "introdução", "sintomas", "severidade", "escopo", "problema",
        "o problema", "detalhes do incidente",
    ),
    "timeline": (
        "linha do tempo do incidente", "cronologia dos eventos", "cronologia do incidente", "sequência de eventos",
        "linha temporal",
    ),
    "detection": (
        "como foi detectado", "como detectamos", "como descobrimos", "monitoramento e alertas", "alertas",
    ),
    "root-cause": (
        "causa", "causas", "causas raiz", "causas raízes", "análise da causa raiz", "análise de causa raiz",
        "causa raiz e fatores contribuintes", "fatores contribuintes", "fatores que contribuíram", "gatilho",
        "por que aconteceu", "cinco porquês", "5 porquês", "os cinco porquês", "os 5 porquês", "análise",
        "análise técnica", "detalhes técnicos",
    ),
    "resolution": (
        "resposta", "mitigação", "correção", "correções", "solução", "recuperação", "solução de contorno",
        "como foi resolvido", "como resolvemos", "ações tomadas", "ações imediatas", "resolução e recuperação",
    ),
    "actions": (
        "ações corretivas", "ação corretiva", "ações preventivas", "ações corretivas e preventivas",
        "ações de acompanhamento", "próximos passos", "próximo passo", "pontos de ação", "plano de ação",
        "medidas preventivas", "medidas corretivas", "prevenção", "pendências", "tarefas", "recomendações",
        "melhorias", "o que vamos fazer",
    ),
    "lessons": (
        "lições", "lição aprendida", "aprendizados", "aprendizado", "o que aprendemos", "o que deu certo",
        "o que deu errado", "o que funcionou", "o que funcionou bem", "o que não funcionou", "o que falhou",
        "o que foi bem", "o que foi mal", "o que correu bem", "o que correu mal", "o que pode melhorar",
        "o que poderia ter sido melhor", "onde tivemos sorte",
    ),
    "process": (
        "melhorias de documentação", "melhorias de monitoramento",
    ),
    "communication": (
        "comunicação externa", "comunicação interna", "comunicação com clientes",
    ),
    "attachments": (
        "referências", "links úteis", "materiais de apoio", "documentos relacionados", "incidentes relacionados",
        "evidências", "apêndice", "apêndices", "capturas de tela", "gráficos", "anexo",
    ),
    "notes": (
        "participantes", "envolvidos", "pessoas envolvidas", "métricas", "estatísticas", "perguntas",
        "perguntas frequentes", "perguntas em aberto", "agradecimentos", "glossário", "informações adicionais",
    ),
}  # fmt: skip

VIETNAMESE: dict[str, tuple[str, ...]] = {
    "summary": (
        "tác động", "ảnh hưởng", "mức độ ảnh hưởng", "phạm vi ảnh hưởng", "ảnh hưởng đến người dùng",
        "ảnh hưởng đến khách hàng", "tác động đến người dùng", "dịch vụ bị ảnh hưởng", "mô tả", "mô tả sự cố",
        "tóm tắt sự cố", "tổng quan", "bối cảnh", "giới thiệu", "hiện tượng", "triệu chứng", "chuyện gì đã xảy ra",
        "điều gì đã xảy ra", "vấn đề", "mức độ nghiêm trọng", "sự cố là gì",
    ),
    "timeline": (
        "diễn biến", "diễn biến sự cố", "trình tự sự kiện", "các mốc thời gian", "mốc thời gian",
    ),
    "detection": (
        "cách phát hiện", "phát hiện sự cố", "cảnh báo", "giám sát và cảnh báo",
    ),
    "root-cause": (
        "nguyên nhân gốc", "phân tích nguyên nhân", "phân tích nguyên nhân gốc rễ", "nguyên nhân sự cố",
        "các yếu tố góp phần", "yếu tố góp phần", "năm câu hỏi tại sao", "5 whys", "phân tích", "phân tích kỹ thuật",
        "chi tiết kỹ thuật", "vì sao xảy ra", "tại sao xảy ra",
    ),
    "resolution": (
        "xử lý", "cách xử lý", "xử lý sự cố", "khắc phục sự cố", "hành động xử lý", "giải pháp", "biện pháp khắc phục",
        "giảm thiểu", "khôi phục", "phục hồi", "ứng phó", "đối ứng tức thời",
    ),
    "actions": (
        "hành động tiếp theo", "các hành động tiếp theo", "các bước tiếp theo", "bước tiếp theo", "việc cần làm",
        "các việc cần làm", "hành động phòng ngừa", "biện pháp phòng ngừa", "phòng ngừa", "kế hoạch hành động",
        "kế hoạch khắc phục", "đề xuất", "khuyến nghị", "cải tiến",
    ),
    "lessons": (
        "bài học rút ra", "những bài học", "những gì đã làm tốt", "điều gì đã làm tốt", "điểm tốt", "điểm chưa tốt",
        "điều gì chưa tốt", "những gì chưa tốt", "chúng ta đã may mắn ở đâu", "may mắn",
    ),
    "communication": (
        "trao đổi thông tin", "thông báo", "thông báo cho khách hàng",
    ),
    "attachments": (
        "tài liệu tham khảo", "tài liệu liên quan", "tham khảo", "liên kết", "phụ lục", "hình ảnh",
    ),
    "notes": (
        "người tham gia", "người liên quan", "số liệu", "thống kê", "câu hỏi", "câu hỏi thường gặp",
    ),
}  # fmt: skip

TABLES = {"en": ENGLISH, "pt": PORTUGUESE, "vi": VIETNAMESE}
"""By language."""
