"""Schemas: published with the site, so that editors and other tools find them at an address that stays.

The address holds the version of the front matter. What editors offer for severities, services and root causes are
the keys of the library's own settings; an unknown one is no fault here, because `afterword check` says that better.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from afterword import resources
from afterword.settings import Settings

FOLDER = "schemas/v1"
POSTMORTEM = f"{FOLDER}/postmortem.schema.json"


def files(settings: Settings, site_url: str | None) -> Iterator[tuple[str, bytes]]:
    """All schemas: path from the site's root, content. ``$id`` is the address, and left out when nobody knows it."""
    for name in resources.schema_names():
        schema = dict(resources.schema(name))
        if name == "postmortem":
            schema["properties"] = _offering(schema["properties"], settings)
        path = f"{FOLDER}/{name}.schema.json"
        del schema["$id"]
        if site_url:
            schema = {"$schema": schema.pop("$schema"), "$id": f"{site_url.rstrip('/')}/{path}"} | schema
        yield path, (json.dumps(schema, ensure_ascii=False, indent=2) + "\n").encode()


def _offering(properties: Mapping[str, Any], settings: Settings) -> dict[str, Any]:
    """The properties, with what the settings know beside any other text."""
    severities = list(settings.severities)
    known = {
        "severity": severities,
        "severity_at_declaration": severities,
        "root_cause": [*settings.categories, "unknown"],
    }
    offered = {name: _offer(properties[name], keys) for name, keys in known.items()}
    services = dict(properties["services"])
    services["items"] = _offer(services["items"], list(settings.services))
    return {**properties, **offered, "services": services}


def _offer(schema: Mapping[str, Any], keys: Collection[str]) -> dict[str, Any]:
    if not keys:
        return dict(schema)
    rest = {key: value for key, value in schema.items() if key not in ("type", "minLength", "examples")}
    text = {key: schema[key] for key in ("type", "minLength") if key in schema}
    return rest | {"anyOf": [{"enum": list(keys)}, text], "examples": list(keys)[:1]}
