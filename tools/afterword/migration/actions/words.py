"""Words of actions: what says that one is done, who has it, of what type it is; and lists that hold none. Data."""

from __future__ import annotations

import re

STATUSES: dict[str, str] = {
    word: status
    for status, words in {
        "done": (
            "done", "completed", "complete", "fixed", "finished", "implemented", "merged", "deployed", "shipped",
            "released", "already done", "already completed", "already fixed", "already implemented",
            "✅", "✔", "✔️", "☑", "☑️", "✓", "feito", "feita", "concluído", "concluída", "hoàn thành",
            "đã hoàn thành", "đã xong", "xong",
        ),
        "in-progress": (
            "in progress", "in-progress", "in_progress", "ongoing", "on-going", "wip", "work in progress", "started",
            "doing", "in review", "🚧", "em andamento", "em progresso", "đang thực hiện", "đang làm",
        ),
        "open": (
            "open", "todo", "to do", "to-do", "not started", "not yet started", "planned", "pending", "backlog",
            "in backlog", "new", "scheduled", "aberto", "aberta", "pendente", "a fazer", "mở", "chưa bắt đầu",
        ),
    }.items()
    for word in words
}  # fmt: skip
"""What people call a status, and the word of the schema. “Closed” may mean that nobody will do it."""

DONE_WITH_MORE = re.compile(
    r"(?:done|completed|fixed|finished|implemented|merged|deployed|shipped|concluíd[oa]|feit[oa])"
    r"(?=\s(?:in|on|at|by|during|as|with|via|and|already|em|no|na)\b|\s?[:,–—-]\s|\s\d{1,4}[-/. ])",
    re.IGNORECASE,
)
"""“Done in #12”, “completed on 2024-04-02”, “done: see the ticket”."""

TYPES: dict[str, str] = {
    word: kind
    for kind, words in {
        "prevent": (
            "prevent", "prevention", "preventive", "preventative", "prevenir", "prevenção", "preventiva",
            "phòng ngừa",
        ),
        "detect": ("detect", "detection", "detective", "detectar", "detecção", "phát hiện"),
        "mitigate": ("mitigate", "mitigation", "mitigative", "mitigar", "mitigação", "giảm thiểu"),
        "process": ("process", "processo", "quy trình"),
    }.items()
    for word in words
}  # fmt: skip

OWNER = r"(?:owners?|assignees?|assigned(?: to)?|dri|responsible|responsável|người phụ trách)"
DUE = r"(?:due(?: date| by| on)?|deadline|eta|target date|prazo|hạn)"
NOBODY = frozenset(
    ("optional", "high", "medium", "low", "urgent", "critical", "link", "ticket", "issue", "pr", "doc", "docs", "later",
     "future", "blocked", "new", "maybe", "stretch", "none", "unassigned", "nobody", "unknown", "team", "all",
     "everyone", "ongoing", "planned", "here", "short term", "long term", "medium term", "nice to have", "duplicate")
)  # fmt: skip
"""What stands in brackets and is no person."""
NO_INITIALS = frozenset(
    ("ai", "api", "cd", "ci", "cli", "db", "dc", "dns", "go", "hr", "ip", "it", "js", "lb", "ml", "os", "pm", "pr",
     "qa", "sla", "slo", "ts", "ui", "ux", "vm", "ok", "no", "eu", "us", "uk")
)  # fmt: skip

NO_ACTION = re.compile(
    r"(?:there (?:are|were) )?no(?:ne)?(?: (?:further|immediate|new|outstanding|specific|additional|other|more))*"
    r"(?: (?:actions?|follow[- ]?ups?)(?: items?)?)?"
    r"(?: (?:are |were |is )?(?:required|needed|identified|planned|necessary|listed|taken|yet|"
    r"at (?:this|the) (?:time|moment|point)|so far|for now|currently))*|"
    r"(?:actions?|items?|tasks?|action items?)\s?#?\d{0,2}|nothing(?: to do)?|nenhuma?(?: ação)?|"
    r"không có(?: hành động)?|list (?:any|the|of|your) .*|(?:what|which|how) .*\?|\[ ?\]|see (?:above|below)|"
    r"(?:\.\.\.\s?|…\s?)?(?:first|second|third|another|next) (?:action )?item|\{\{ ?\w{1,20} ?\}\}(?: \[.{1,60}\])?",
    re.IGNORECASE,
)
"""What stands in a list of actions and is none."""

TITLE_HEADS = (
    "action item", "action items", "action", "actions", "action point", "corrective action", "preventive action",
    "task", "todo", "to do", "item", "measure", "follow-up", "follow up", "improvement", "recommendation",
    "what", "title", "description", "summary", "name", "ação", "ações", "item de ação", "tarefa",
    "hành động", "việc cần làm",
)  # fmt: skip
"""Heads of the column that says what is to be done, the plainest first."""
HEADS: dict[str, str] = {
    word: key
    for key, words in {
        "owner": (
            "owner", "owners", "owner(s)", "assignee", "assignees", "assigned to", "assigned", "dri", "who",
            "responsible", "responsible team", "team", "person", "responsável", "người phụ trách",
        ),
        "due": (
            "due", "due date", "deadline", "eta", "target date", "expected date", "when", "by when", "target",
            "due by", "prazo", "hạn", "thời hạn",
        ),
        "completed": ("completed", "completed on", "completion date", "date completed", "done on", "finished on"),
        "status": ("status", "state", "progress", "done", "done?", "estado", "trạng thái"),
        "type": ("type", "kind", "category", "class", "tipo", "loại"),
        "priority": ("priority", "prio", "prioridade", "độ ưu tiên"),
        "tracker": (
            "ticket", "tickets", "link", "links", "bug", "issue", "issues", "pr", "tracker", "tracking", "jira",
            "tracking issue", "tracking ticket", "jira ticket", "bug/ticket", "ticket/pr", "github issue",
            "trello card", "reference", "tracking bug", "vé",
        ),
        "number": ("#", "no", "no.", "number", "nr", "nr.", "nº", "stt"),
    }.items()
    for word in words
}  # fmt: skip
"""What the other columns hold."""

TICKET = re.compile(
    r"https?://[^\s()<>]{1,300}?(?:/(?:issues?|pull|pulls|merge_requests|work_items|browse|tickets?|stories|story|tasks?|"
    r"cards?|incidents?|follow-ups?|boards?)/[\w#-]*\d|/c/\w{6,}|show_bug\.cgi\?id=\d|/T\d{2,}\b|"
    r"[?&](?:selectedIssue|id|issue)=[\w-]*\d|app\.asana\.com/\S{0,99}\d|_workitems/\S{0,99}\d)"
    r"[^\s()<>]{0,500}"
)
"""Addresses of trackers."""

VERBS = frozenset(
    (
        "add", "adapt", "address", "adjust", "adopt", "agree", "align", "allow", "alert", "amend", "analyse", "analyze",
        "apply", "arrange", "ask", "assess", "assign", "audit", "automate", "avoid", "backport", "ban", "block",
        "bring", "build", "bump", "catch", "change", "check", "clarify", "clean", "collect", "communicate", "complete",
        "conduct", "configure", "consider", "consolidate", "contact", "continue", "convert", "coordinate", "create",
        "decide", "decommission", "define", "delete", "deploy", "deprecate", "design", "determine", "develop",
        "disable", "discuss", "document", "educate", "emphasize", "emphasise", "enable", "enforce", "engage", "enhance",
        "ensure", "establish", "evaluate", "expand", "explore", "expose", "extend", "figure", "file", "finalize",
        "find", "finish", "fix", "follow", "force", "format", "get", "give", "handle", "harden", "hire", "identify",
        "implement", "improve", "include", "increase", "inform", "install", "instrument", "integrate", "introduce",
        "investigate", "isolate", "issue", "keep", "learn", "limit", "link", "lock", "look", "lower", "make", "merge",
        "migrate", "minimise", "minimize", "modify", "monitor", "move", "notify", "open", "optimise", "optimize",
        "organise", "organize", "patch", "perform", "pin", "plan", "post", "prepare", "prevent", "prioritise",
        "prioritize", "produce", "propose", "protect", "provide", "publish", "push", "put", "raise", "reach", "rebuild",
        "record", "reduce", "refactor", "refine", "reject", "release", "remind", "remove", "rename", "replace",
        "report", "require", "research", "resolve", "restore", "restrict", "retire", "return", "revert", "review",
        "revise", "revoke", "rework", "rewrite", "roll", "rotate", "run", "scale", "schedule", "secure", "send",
        "separate", "set", "setup", "share", "simplify", "split", "standardise", "standardize", "start", "stop",
        "store", "streamline", "strengthen", "support", "switch", "take", "teach", "test", "tighten", "train",
        "transition", "trigger", "tune", "turn", "unify", "update", "upgrade", "use", "validate", "verify", "warn",
        "work", "write", "adicionar", "ajustar", "alterar", "atualizar", "automatizar", "configurar", "corrigir",
        "criar", "definir", "documentar", "garantir", "implementar", "incluir", "investigar", "melhorar", "migrar",
        "monitorar", "reduzir", "remover", "revisar", "testar", "treinar", "verificar", "bổ", "cập", "cấu", "cải",
        "giám", "kiểm", "sửa", "thêm", "tạo", "viết", "xây",
    )
)  # fmt: skip
"""What a measure begins with when nothing but its words marks it as one."""
