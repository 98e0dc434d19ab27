"""Config: the options of the plugin in ``mkdocs.yml``. What the library holds stands in ``afterword.yml``."""

from __future__ import annotations

from datetime import date, datetime

from mkdocs.config import config_options as option
from mkdocs.config.base import Config


class AfterwordConfig(Config):  # type: ignore[no-untyped-call]  # MkDocs types no hook
    """The options. None is needed."""

    library = option.Type(str, default=".")
    """The folder of ``afterword.yml``, relative to that of ``mkdocs.yml``."""

    as_of = option.Optional(option.Type((str, date, datetime)))
    """The clock of the build: a date (its last second in UTC) or RFC 3339.

    The environment's AFTERWORD_AS_OF, which ``afterword build --as-of`` sets, comes first. Without either:
    ``as_of`` of ``afterword.yml``, then now.
    """

    cache = option.Type(bool, default=True)
    """Whether postmortems that did not change are read from ``.cache/afterword/``."""

    full_search = option.Type(int, default=500)
    """Up to so many postmortems, the search holds their whole text; beyond, each one's title and beginning."""
