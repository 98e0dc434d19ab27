"""Dashboard: the six panels of an error budget for Grafana, on what ``recording`` keeps."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from afterword.budgets.budget import Thresholds
from afterword.budgets.outputs import recording

UID = "error-budget-slo"
TITLE = "Error budgets"
TAGS = ("slo", "error-budget", "observability")
SCHEMA_VERSION = 39
"""Of Grafana 10.1 and later; newer ones bring it up to date by themselves."""

_SOURCE = {"type": "prometheus", "uid": "${datasource}"}
_CHOSEN = '{service=~"$service",slo=~"$slo"}'
_RED, _ORANGE, _YELLOW, _GREEN = "red", "orange", "yellow", "green"

Facts = Mapping[str, Any]


def dumps(thresholds: Thresholds) -> str:
    """The dashboard as JSON. The same thresholds give the same bytes."""
    return json.dumps(dashboard(thresholds), indent=2, ensure_ascii=False) + "\n"


def provisioning(folder: str) -> str:
    """The file that makes Grafana load dashboards from a folder."""
    return (
        "# `afterword budget dashboard` wrote this. It belongs into provisioning/dashboards/ of Grafana, and the\n"
        "# dashboard into the folder that `path` names.\n"
        "apiVersion: 1\n"
        "providers:\n"
        "  - name: error-budgets\n"
        "    type: file\n"
        "    folder: Error budgets\n"
        "    disableDeletion: false\n"
        "    allowUiUpdates: false\n"
        "    updateIntervalSeconds: 30\n"
        "    options:\n"
        f"      path: {json.dumps(folder, ensure_ascii=False)}\n"
    )


def dashboard(thresholds: Thresholds) -> dict[str, Any]:
    """The dashboard as Grafana's schema has it."""
    made = (
        _remaining(thresholds),
        _days(),
        _burn(),
        _table(thresholds),
        _compliance(),
        _latency(),
    )
    panels = [{"id": number, **panel} for number, panel in enumerate(made, 1)]
    return {
        "uid": UID,
        "title": TITLE,
        "description": "What is left of the error budgets, and how fast it goes.",
        "tags": list(TAGS),
        "timezone": "browser",
        "editable": True,
        "graphTooltip": 1,
        "refresh": "30s",
        "schemaVersion": SCHEMA_VERSION,
        "time": {"from": "now-7d", "to": "now"},
        "templating": {"list": list(_variables())},
        "panels": panels,
    }


def _variables() -> Sequence[Facts]:
    def query(name: str, label: str, text: str) -> Facts:
        return {
            "type": "query",
            "name": name,
            "label": label,
            "datasource": _SOURCE,
            "query": text,
            "refresh": 2,
            "sort": 1,
            "multi": True,
            "includeAll": True,
            "allValue": ".*",
            "current": {"selected": True, "text": ["All"], "value": ["$__all"]},
        }

    return (
        {
            "type": "datasource",
            "name": "datasource",
            "label": "Data source",
            "query": "prometheus",
            "refresh": 1,
            "multi": False,
            "includeAll": False,
        },
        query("service", "Service", f"label_values({recording.BUDGET}, service)"),
        query("slo", "Objective", f'label_values({recording.BUDGET}{{service=~"$service"}}, slo)'),
    )


def _remaining(thresholds: Thresholds) -> Facts:
    return _panel(
        "Budget remaining",
        "gauge",
        (0, 0, 12, 8),
        [_target("A", f"{recording.REMAINING}{_CHOSEN}", "{{slo}}", instant=True)],
        {"unit": "percentunit", "min": 0, "max": 1, "decimals": 1, "thresholds": _states(thresholds)},
        {
            "orientation": "auto",
            "showThresholdLabels": False,
            "showThresholdMarkers": True,
            "reduceOptions": {"calcs": ["lastNotNull"], "values": False, "fields": ""},
        },
        "Below 0 it is used up. Rules cannot follow the calendar, so a calendar window counts as a rolling one here.",
    )


def _days() -> Facts:
    left = f"clamp_min({recording.REMAINING}{_CHOSEN}, 0) * {recording.WINDOW}{_CHOSEN} / 86400"
    burn = f"({recording.share(6 * 3600)}{_CHOSEN} / {recording.BUDGET}{_CHOSEN})"
    return _panel(
        "Days until exhaustion",
        "stat",
        (12, 0, 12, 8),
        [_target("A", f"{left} / {burn}", "{{slo}}", instant=True)],
        {
            "unit": "d",
            "decimals": 1,
            "noValue": "no data",
            "thresholds": _steps((None, _RED), (3, _ORANGE), (7, _YELLOW), (30, _GREEN)),
        },
        {
            "colorMode": "value",
            "graphMode": "none",
            "justifyMode": "auto",
            "orientation": "auto",
            "textMode": "auto",
            "reduceOptions": {"calcs": ["lastNotNull"], "values": False, "fields": ""},
        },
        "At the burn rate of the last 6 hours. What falls out of a rolling window is not counted back in.",
    )


def _burn() -> Facts:
    return _panel(
        "Burn rate over 1 h",
        "timeseries",
        (0, 8, 12, 8),
        [_target("A", f"{recording.share(3600)}{_CHOSEN} / {recording.BUDGET}{_CHOSEN}", "{{slo}}")],
        {
            "unit": "none",
            "min": 0,
            "custom": _line("dashed"),
            "thresholds": _steps((None, "transparent"), (1, _RED)),
        },
        _legend(),
        "1 is the pace that just spends the budget.",
    )


def _table(thresholds: Thresholds) -> Facts:
    columns = {
        "Budget remaining": f"{recording.REMAINING}{_CHOSEN}",
        "Allowed to be bad": f"{recording.BUDGET}{_CHOSEN}",
        "Bad over 30 d": f"{recording.share(30 * 86_400)}{_CHOSEN}",
        "Burn rate over 1 h": f"{recording.share(3600)}{_CHOSEN} / {recording.BUDGET}{_CHOSEN}",
        "Burn rate over 3 d": f"{recording.share(3 * 86_400)}{_CHOSEN} / {recording.BUDGET}{_CHOSEN}",
    }
    letters = "ABCDE"
    names = {f"Value #{letter}": name for letter, name in zip(letters, columns, strict=True)}
    paces = [name for name in columns if name.startswith("Burn")]
    return {
        **_panel(
            "Compliance",
            "table",
            (12, 8, 12, 8),
            [
                {**_target(letter, f"sum by (slo, service) ({expr})", "", instant=True), "format": "table"}
                for letter, expr in zip(letters, columns.values(), strict=True)
            ],
            {"unit": "percentunit", "decimals": 3, "thresholds": _steps((None, "text"))},
            {"showHeader": True, "cellHeight": "sm", "sortBy": [{"displayName": "Budget remaining", "desc": False}]},
            "All objectives, the scarcest budget first.",
            [
                *(_override(name, unit="none", decimals=2) for name in paces),
                _override(
                    "Budget remaining",
                    decimals=1,
                    thresholds=_states(thresholds),
                    **{"custom.cellOptions": {"type": "color-text"}},
                ),
            ],
        ),
        "transformations": [
            {"id": "merge", "options": {}},
            {
                "id": "organize",
                "options": {
                    "excludeByName": {"Time": True},
                    "renameByName": {"slo": "Objective", "service": "Service", **names},
                    "indexByName": {"slo": 0, "service": 1, **{key: at + 2 for at, key in enumerate(names)}},
                },
            },
        ],
    }


def _compliance() -> Facts:
    windows = (("A", 7), ("B", 30))
    return _panel(
        "Compliance history",
        "timeseries",
        (0, 16, 12, 8),
        [
            _target(letter, f"1 - {recording.share(days * 86_400)}{_CHOSEN}", f"{{{{slo}}}} over {days} d")
            for letter, days in windows
        ],
        {"unit": "percentunit", "max": 1, "decimals": 3, "custom": _line("off")},
        _legend(),
        "The share that was good, over rolling windows.",
    )


def _latency() -> Facts:
    return _panel(
        "P95 latency",
        "timeseries",
        (12, 16, 12, 8),
        [
            _target("A", f"{recording.QUANTILE}{_CHOSEN}", "{{slo}}"),
            _target("B", f"{recording.THRESHOLD}{_CHOSEN}", "{{slo}}: threshold"),
        ],
        {"unit": "s", "min": 0, "custom": _line("off")},
        _legend(),
        "Between the bounds of buckets this is an estimate; the budget counts requests, not this line.",
        [
            {
                "matcher": {"id": "byRegexp", "options": "/: threshold$/"},
                "properties": [
                    {"id": "custom.lineStyle", "value": {"fill": "dash", "dash": [8, 8]}},
                    {"id": "color", "value": {"mode": "fixed", "fixedColor": _RED}},
                ],
            }
        ],
    )


def _panel(  # noqa: PLR0913, PLR0917  # the parts of a panel
    title: str,
    kind: str,
    place: tuple[int, int, int, int],
    targets: Sequence[Facts],
    defaults: Facts,
    options: Facts,
    description: str,
    overrides: Sequence[Facts] = (),
) -> dict[str, Any]:
    x, y, width, height = place
    return {
        "type": kind,
        "title": title,
        "description": description,
        "datasource": _SOURCE,
        "gridPos": {"x": x, "y": y, "w": width, "h": height},
        "targets": list(targets),
        "fieldConfig": {"defaults": defaults, "overrides": list(overrides)},
        "options": options,
    }


def _target(letter: str, expr: str, legend: str, *, instant: bool = False) -> dict[str, Any]:
    facts = {"refId": letter, "datasource": _SOURCE, "expr": expr, "instant": instant, "range": not instant}
    return {**facts, "legendFormat": legend} if legend else facts


def _steps(*steps: tuple[float | None, str]) -> Facts:
    return {"mode": "absolute", "steps": [{"value": value, "color": color} for value, color in steps]}


def _states(limits: Thresholds) -> Facts:
    return _steps(
        (None, _RED), (float(limits.freeze), _ORANGE), (float(limits.warning), _YELLOW), (float(limits.caution), _GREEN)
    )


def _line(thresholds: str) -> Facts:
    return {
        "drawStyle": "line",
        "lineWidth": 1,
        "fillOpacity": 0,
        "showPoints": "never",
        "spanNulls": False,
        "thresholdsStyle": {"mode": thresholds},
    }


def _legend() -> Facts:
    return {
        "legend": {"displayMode": "list", "placement": "bottom", "showLegend": True, "calcs": []},
        "tooltip": {"mode": "multi", "sort": "desc"},
    }


def _override(name: str, **properties: Any) -> Facts:
    return {
        "matcher": {"id": "byName", "options": name},
        "properties": [{"id": key, "value": value} for key, value in properties.items()],
    }
