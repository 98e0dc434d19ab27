"""Tokens that their issuers made recognisable: a fixed beginning, then so many characters of an alphabet.

Each form is as its issuer documents it, or as the issuer's own scanning partners do. What stands in the borrowed
detectors (``borrowed``) is not repeated here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Token:
    """One form: its name, the text that gives it away, and what has to stand there from that text on.

    Every repetition in ``form`` is bounded, so that a look at one place takes a bounded time.
    """

    name: str
    anchor: str
    form: re.Pattern[str]


def _token(name: str, anchor: str, rest: str) -> Token:
    return Token(name, anchor, re.compile(re.escape(anchor) + rest + r"(?![A-Za-z0-9])"))


TOKENS: tuple[Token, ...] = (
    # https://docs.github.com/authentication/keeping-your-account-and-data-secure/about-authentication-to-github
    _token("GitHub token", "github_pat_", r"[A-Za-z0-9]{22}_[A-Za-z0-9]{59}"),
    # https://docs.gitlab.com/security/tokens/#token-prefixes
    *(
        _token("GitLab token", f"gl{kind}-", r"[A-Za-z0-9_-]{20,60}(?:\.[A-Za-z0-9_.-]{2,40})?")
        for kind in ("pat", "oas", "dt", "rt", "rtr", "cbt", "ptt", "ft", "imt", "agent", "soat", "ffct")
    ),
    _token("Google API key", "AIza", r"[A-Za-z0-9_-]{35}"),
    _token("Google OAuth secret", "GOCSPX-", r"[A-Za-z0-9_-]{28}"),
    _token("OpenAI key", "sk-proj-", r"[A-Za-z0-9_-]{40,200}"),
    _token("OpenAI key", "sk-svcacct-", r"[A-Za-z0-9_-]{40,200}"),
    _token("Anthropic key", "sk-ant-", r"[a-z]{3,8}[0-9]{2}-[A-Za-z0-9_-]{80,120}"),
    _token("Hugging Face token", "hf_", r"[A-Za-z]{34}"),
    # https://docs.pypi.org/api/secrets/
    _token("PyPI token", "pypi-AgE", r"[A-Za-z0-9_-]{50,300}"),
    _token("RubyGems key", "rubygems_", r"[0-9a-f]{48}"),
    _token("Docker token", "dckr_pat_", r"[A-Za-z0-9_-]{27}"),
    _token("DigitalOcean token", "dop_v1_", r"[0-9a-f]{64}"),
    _token("DigitalOcean token", "doo_v1_", r"[0-9a-f]{64}"),
    # https://developer.hashicorp.com/vault/docs/concepts/tokens#token-prefixes
    _token("Vault token", "hvs.", r"[A-Za-z0-9_-]{24,300}"),
    _token("Vault token", "hvb.", r"[A-Za-z0-9_-]{90,300}"),
    _token("Terraform token", ".atlasv1.", r"[A-Za-z0-9_=-]{60,70}"),
    _token("Grafana token", "glsa_", r"[A-Za-z0-9]{32}_[A-Fa-f0-9]{8}"),
    _token("Grafana token", "glc_eyJ", r"[A-Za-z0-9+/=]{60,400}"),
    _token("New Relic key", "NRAK-", r"[A-Z0-9]{27}"),
    _token("Shopify token", "shpat_", r"[A-Fa-f0-9]{32}"),
    _token("Shopify secret", "shpss_", r"[A-Fa-f0-9]{32}"),
    _token("Stripe webhook secret", "whsec_", r"[A-Za-z0-9+/=]{32,64}"),
    _token("Atlassian token", "ATATT3", r"[A-Za-z0-9_=-]{180,240}"),
    _token("Databricks token", "dapi", r"[0-9a-f]{32}(?:-[0-9])?"),
    _token("Linear key", "lin_api_", r"[A-Za-z0-9]{40}"),
    _token("Postman key", "PMAK-", r"[0-9a-f]{24}-[0-9a-f]{34}"),
    _token("Sentry token", "sntrys_eyJ", r"[A-Za-z0-9+/=_]{60,400}"),
    _token("Supabase token", "sbp_", r"[0-9a-f]{40}"),
    _token("Slack app token", "xapp-", r"[0-9]-[A-Z0-9]{8,16}-[0-9]{8,16}-[a-f0-9]{64}"),
    _token("Telegram bot token", "api.telegram.org/bot", r"[0-9]{8,10}:[A-Za-z0-9_-]{35}"),
    _token("Discord webhook", "discord.com/api/webhooks/", r"[0-9]{17,20}/[A-Za-z0-9_-]{60,80}"),
    _token("age key", "AGE-SECRET-KEY-1", r"[0-9A-Z]{58}"),
    # RFC 7519 in the compact form of RFC 7515: both the header and the claims are JSON objects
    _token("JSON web token", "eyJ", r"[A-Za-z0-9_-]{10,2000}\.eyJ[A-Za-z0-9_-]{10,4000}\.[A-Za-z0-9_-]{20,1000}"),
)
