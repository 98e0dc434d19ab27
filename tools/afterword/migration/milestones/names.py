"""Names: what reports call their milestones, in English, Portuguese and Vietnamese. Data, folded as names of fields."""

from __future__ import annotations

_NAMES = {
    "started": """
        start|started|starts|start time|started at|start date|start date/time|start datetime|starttime|startdate
        incident start|incident started|incident start time|incident started at|incident start date|incident began
        incident from|outage start|outage started|outage start time|outage began|outage from|impact start
        impact started|impact started at|impact start time|issue started|service outage start|began|begin|begins
        beginning|from|time started|date started|event start|event started|event start time|start of incident
        start of the incident|start of impact|start of outage
        início|início do incidente|hora de início|data de início
        bắt đầu|thời gian bắt đầu|thời điểm bắt đầu
    """,
    "detected": """
        detected|detected at|detected on|detection time|time detected|time of detection|date detected
        incident detected|incident detected at|issue detected|discovered|discovered at|discovered on|first detected
        first noticed|noticed|noticed at|first reported|first reported at|reported at|time reported
        detectado|detectado em|hora da detecção
        phát hiện|thời gian phát hiện|thời điểm phát hiện
    """,
    "acknowledged": """
        acknowledged|acknowledged at|acknowledgement time|time acknowledged|incident acknowledged
        reconhecido em
    """,
    "mitigated": """
        mitigated|mitigated at|mitigated on|mitigation time|time mitigated|incident mitigated|impact ended
        impact ended at|impact end|impact end time
        mitigado em
        thời điểm giảm thiểu
    """,
    "resolved": """
        resolved|resolved at|resolved on|resolution time|time resolved|date resolved|incident resolved
        incident resolved at|issue resolved|resolvedwhen|restored|restored at|service restored|recovered
        recovered at|end|ended|ends|ended at|end time|end date|end date/time|endtime|enddate|incident end
        incident ended|incident end time|incident until|incident till|incident to|outage end|outage ended
        outage end time|service outage end|until|till|finished|fixed|fixed at|time ended
        event end|event ended|event end time|end of incident|end of the incident|end of outage
        fim|término|fim do incidente|resolvido|resolvido em
        kết thúc|thời gian kết thúc|thời điểm kết thúc|khắc phục
    """,
    "whole": """
        date|incident date|date of incident|date of the incident|date of outage|outage date|date of event|event date
        day|when|date/time
        date and time|date & time|incident date (time)|incident time|time|occurred|occurred at|occurred on|period
        outage period|outage window|incident window|incident period|start/end|start - end|time period
        data|data do incidente|período
        ngày|ngày xảy ra|thời gian
    """,
}
"""``whole``: when all of it was, a day, or from when till when."""

KEYS = {name.strip(): key for key, names in _NAMES.items() for name in names.replace("\n", "|").split("|")}
"""The milestone that a name stands for, by its folded form."""

LENGTHS = frozenset(
    (
        "duration", "incident duration", "outage duration", "duration of incident", "duration of outage",
        "total duration", "duração", "duração do incidente", "thời lượng",
    )
)  # fmt: skip
"""Names of how long all of it took."""

STRETCHES = LENGTHS | frozenset(
    ("duration of the incident", "duration of the outage", "downtime", "outage", "time of outage", "outage time")
)
"""Names that may also tell from when till when: “Duration: 2024-03-04 14:02 – 15:10 UTC”."""
