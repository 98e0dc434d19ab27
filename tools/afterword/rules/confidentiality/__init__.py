"""AW7: what a repository that many read, and that forgets nothing, must not hold."""

from __future__ import annotations

from afterword.rules.base import Rule
from afterword.rules.confidentiality import (
    customer_name,
    email_address,
    internal_host,
    ip_address,
    secret,
    sensitive_text,
)

RULES: tuple[Rule, ...] = (
    secret.RULE,
    email_address.RULE,
    ip_address.RULE,
    customer_name.RULE,
    internal_host.RULE,
    sensitive_text.RULE,
)
