"""Detectors of detect-secrets, as bc-detect-secrets keeps them, asked only where a literal of theirs stands.

The library is imported when a file holds such a literal, which few do: importing it takes longer than reading a
thousand files. A detector sees a window around the literal, never a whole line of a megabyte, so that all of them
together take a time that is linear in the text. Only their forms are used: their methods can ask the issuer over the
network whether a secret works.

Left out are the detectors that see a secret in every value of high entropy (in postmortems these are commits, digests
and trace ids), in every assignment (``assigned`` asks for more), and those that need a file's name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib import import_module

_BEFORE, _AFTER = 80, 320
"""So many characters around a literal make the window; the longest form that is looked for has 220."""

_SHORTEST = 16
"""A group with fewer characters is a part of the form, not the secret."""

_LONGEST = 4096
"""A window grows by the literals in it, but to no more than about this."""


@dataclass(frozen=True, slots=True)
class Borrowed:
    """One detector: its module and class, our name for it, and the literals without which it finds nothing.

    ``apart`` says that the literal need not stand in the same word as the secret.
    """

    module: str
    kind: str
    name: str
    anchors: tuple[str, ...]
    apart: bool = False


DETECTORS: tuple[Borrowed, ...] = (
    Borrowed("artifactory", "ArtifactoryDetector", "Artifactory key", ("AKC",)),
    Borrowed("aws", "AWSKeyDetector", "AWS key", ("AKIA", "ASIA", "ABIA", "ACCA", "A3T", "aws_", "AWS_"), apart=True),
    Borrowed("azure_storage_key", "AzureStorageKeyDetector", "Azure storage key", ("AccountKey=",)),
    Borrowed("cloudant", "CloudantDetector", "Cloudant key", ("cloudant",), apart=True),
    Borrowed("discord", "DiscordBotTokenDetector", "Discord token", ("Discord", "discord", "DISCORD"), apart=True),
    Borrowed("github_token", "GitHubTokenDetector", "GitHub token", ("ghp_", "gho_", "ghu_", "ghs_", "ghr_")),
    Borrowed("ibm_cloud_iam", "IbmCloudIamDetector", "IBM Cloud key", ("ibm_", "IBM_", "ibmcloud"), apart=True),
    Borrowed("mailchimp", "MailchimpDetector", "Mailchimp key", ("-us1", "-us2", "-us3", "-us4", "-us5")),
    Borrowed("npm", "NpmDetector", "npm token", ("npm_", "_authToken"), apart=True),
    Borrowed("sendgrid", "SendGridDetector", "SendGrid key", ("SG.",)),
    Borrowed("slack", "SlackDetector", "Slack token", ("xox", "hooks.slack.com/services/")),
    Borrowed("softlayer", "SoftlayerDetector", "SoftLayer key", ("softlayer",), apart=True),
    Borrowed("square_oauth", "SquareOAuthDetector", "Square secret", ("sq0csp-",)),
    Borrowed("stripe", "StripeDetector", "Stripe key", ("sk_live_", "rk_live_")),
    Borrowed("twilio", "TwilioKeyDetector", "Twilio key", ("SK",)),
)


def found(text: str, words: str) -> Iterator[tuple[int, int, str]]:
    """Start, end and name of what the detectors find in a text; ``words`` are those of it that are long."""
    for detector in DETECTORS:
        where = text if detector.apart else words
        for first, last in _windows(text, [anchor for anchor in detector.anchors if anchor in where]):
            window = text[first:last]
            for start, end in sorted({_place(match) for form in _forms(detector) for match in form.finditer(window)}):
                if not _is_piece(window, start) and not _is_identifier(detector, window[start:end]):
                    yield first + start, first + _end_of_word(window, end), detector.name


def _windows(text: str, anchors: Iterable[str]) -> Iterator[tuple[int, int]]:
    """Where to look: around each literal. Where literals crowd, pieces of a bounded length that overlap."""
    for anchor in anchors:
        at = text.find(anchor)
        while at >= 0:
            first, last = max(0, at - _BEFORE), at + _AFTER
            while 0 <= (at := text.find(anchor, at + 1)) < min(last, first + _LONGEST):
                last = at + _AFTER
            yield first, last


@cache
def _forms(detector: Borrowed) -> tuple[re.Pattern[str], ...]:
    """The forms that a detector knows; its ``denylist`` is what everybody who writes one declares."""
    module = import_module(f"detect_secrets.plugins.{detector.module}")
    return tuple(getattr(module, detector.kind)().denylist)


def _place(match: re.Match[str]) -> tuple[int, int]:
    """Where the secret itself stands: some forms have it in a group, others a part of the prefix."""
    spans = (match.span(group) for group in range(1, (match.re.groups or 0) + 1))
    return max((span for span in spans if span[1] - span[0] >= _SHORTEST), default=match.span())


def _is_piece(window: str, at: int) -> bool:
    """Whether a find begins inside a longer run of letters and digits: a piece of base64, no key."""
    return at > 0 and window[at - 1].isalnum() and window[at].isalnum()


def _end_of_word(window: str, end: int) -> int:
    """The end of the run of letters and digits: a form that grew longer is masked as a whole."""
    while end < len(window) and window[end].isalnum():
        end += 1
    return end


def _is_identifier(detector: Borrowed, secret: str) -> bool:
    """Twilio's account names look like its keys and stand on every invoice; forty hex digits are a commit."""
    if detector.kind == "TwilioKeyDetector":
        return secret.startswith("AC")
    return detector.kind == "AWSKeyDetector" and len(secret) == 40 and not set(secret) - set("0123456789abcdef")
