"""Secrets are found whole, whatever stands around them; what only looks like one is left alone."""

from __future__ import annotations

import socket
import subprocess
import sys

import pytest

from afterword.confidentiality import Kind, findings
from afterword.settings import Settings
from afterword.source import Source
from tests.confidentiality.samples import harmless, private_key, secrets

SETTINGS = Settings(severities={}, categories={})


def found(text: str) -> list[str]:
    """The texts of the secrets that are found."""
    source = Source("a.md", text)
    texts = []
    for hit in findings(source, SETTINGS):
        if hit.kind is Kind.SECRET:
            start = source.starts[hit.span.line - 1] + hit.span.column - 1
            texts.append(text[start : source.starts[hit.span.end_line - 1] + hit.span.end_column - 1])
    return texts


@pytest.mark.parametrize("name", sorted(secrets()))
@pytest.mark.parametrize("seed", [3, 11, 12])
def test_a_secret_is_found_whole(name: str, seed: int) -> None:
    secret, line = secrets(seed)[name]
    texts = found(f"It said:\n\n{line}\n\nand failed.\n")
    assert len(texts) == 1
    assert secret in texts[0]


@pytest.mark.parametrize("text", harmless())
def test_what_only_looks_like_a_secret_is_left_alone(text: str) -> None:
    assert found(f"It said:\n\n{text}\n") == []


PLACES = {
    "front matter": "---\ntitle: It was {}\n---\n",
    "key": '---\n"{}": 1\n---\n',
    "comment of YAML": "---\ntitle: x # {}\n---\n",
    "code": "```\n{}\n```\n",
    "indented code": "    {}\n",
    "span": "a `{}` b\n",
    "link": "[a](https://shop.org/?k={})\n",
    "title of a link": '[a](b.md "{}")\n',
    "text of an image": "![{}](a.png)\n",
    "cell": "| {} | b |\n",
    "comment": "<!-- {} -->\n",
    "attribute": '<a href="{}">x</a>\n',
    "reason": "<!-- afterword: ignore AW701 {} -->\n",
    "emphasis": "**{}** and _x_\n",
    "quotes": "“{}”\n",
    "full stop": "It was {}.\n",
    "beginning": "{}\n",
    "end": "a {}",
    "accents": "İİİ ổ {} ẞ\n",
}


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("name", ["aws-id", "github", "stripe", "gitlab", "google"])
def test_a_secret_is_found_wherever_it_stands(place: str, name: str) -> None:
    secret = secrets()[name][0]
    assert found(PLACES[place].format(secret)) == [secret]


@pytest.mark.parametrize("kind", ["", "RSA ", "EC ", "OPENSSH ", "DSA ", "ENCRYPTED "])
def test_a_private_key_is_found_from_its_first_line_to_its_last(kind: str) -> None:
    key = private_key(kind=kind)
    texts = found(f"a\n\n```\n{key}\n```\nb\n")
    assert len(texts) == 1
    assert all(line in texts[0] for line in key.split("\n")[:-1])


def test_a_private_key_in_a_list_in_yaml_or_in_one_line_is_found() -> None:
    assert len(found(private_key(indent="    "))) == 1
    assert len(found("key: |\n" + private_key(indent="  "))) == 1
    assert len(found('"' + private_key().replace("\n", "\\n") + '"')) == 1
    assert len(found("\n".join("> " + line for line in private_key().split("\n")))) == 1


def test_a_private_key_that_never_ends_is_found() -> None:
    key = private_key().rsplit("\n", 1)[0]
    assert len(found(f"{key}\n")) == 1


def test_a_token_inside_a_longer_word_is_no_token() -> None:
    assert found("x" + secrets()["github"][0]) == []
    assert found("Zm9v" + secrets()["aws-id"][0] + "Zm9v") == []


def test_no_text_is_kept_in_a_hit() -> None:
    secret, line = secrets()["postgres"]
    assert secret not in repr(findings(Source("a.md", line), SETTINGS))


def test_reading_a_harmless_file_does_not_load_the_borrowed_detectors() -> None:
    code = (
        "import sys; from afterword.confidentiality import findings; from afterword.source import Source;"
        "from afterword.settings import Settings; text = 'Checkout failed at https://shop.example.org/orders/2026.';"
        "print(findings(Source('a.md', text), Settings(severities={}, categories={})), 'detect_secrets' in sys.modules)"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "() False"


def test_nothing_is_asked_over_the_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a connection was opened")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    for secret, line in secrets(20).values():
        assert any(secret in text for text in found(line))
