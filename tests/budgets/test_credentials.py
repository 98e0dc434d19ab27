"""Addresses and credentials: what is read, what is refused, and that no secret is shown."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from afterword.budgets.network import credentials, endpoint
from afterword.errors import AfterwordError

P = "AFTERWORD_PROMETHEUS"


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    """A file that only its owner may read."""
    path = tmp_path / "secret"
    path.write_text("hidden\n", encoding="utf-8")
    path.chmod(0o600)
    return path


@pytest.mark.parametrize(
    ("url", "text"),
    [
        ("http://localhost:9090", "http://localhost:9090"),
        ("https://prometheus.example.org/", "https://prometheus.example.org"),
        ("https://u:p%40w@example.org:443/mimir/prometheus/", "https://example.org/mimir/prometheus"),
        ("http://[::1]:9090", "http://[::1]:9090"),
        ("HTTPS://Example.ORG", "https://example.org"),
    ],
)
def test_an_address_is_shown_without_its_login(url: str, text: str) -> None:
    assert str(endpoint.parse(url)[0]) == text


def test_a_login_in_an_address_is_unquoted_and_never_shown() -> None:
    login = endpoint.parse("https://u:p%40w@example.org")[1]
    assert login == endpoint.Login("u", "p@w")
    assert "p@w" not in repr(login)


@pytest.mark.parametrize(
    "url", ["", "prometheus:9090", "ftp://x", "http://", "http://x:port", "http://x:99999", "http://a b", "http://a\nb"]
)
def test_what_is_no_address_is_refused(url: str) -> None:
    with pytest.raises(AfterwordError, match="is no address"):
        endpoint.parse(url)


@given(st.text(), st.text(alphabet=st.characters(codec="ascii", exclude_characters="/?#@")))
def test_what_stands_before_an_at_is_never_shown(tail: str, password: str) -> None:
    url = f"ftp://someone:hidden{password}@{tail}"
    with pytest.raises(AfterwordError) as refused:
        endpoint.parse(url)
    assert "hidden" not in refused.value.message


def test_a_token_comes_from_the_environment_or_a_file(secret: Path) -> None:
    for environment in ({f"{P}_TOKEN": "hidden"}, {f"{P}_TOKEN_FILE": str(secret)}):
        found = credentials.read(environment)
        assert found.headers == {"Authorization": "Bearer hidden"}
        assert found.warnings == ()
        assert "hidden" not in repr(found)


def test_a_name_and_a_password_may_come_from_a_file_or_the_address(secret: Path) -> None:
    basic = {"Authorization": "Basic dTpoaWRkZW4="}
    assert credentials.read({f"{P}_USER": "u", f"{P}_PASSWORD_FILE": str(secret)}).headers == basic
    assert credentials.read({f"{P}_USER": "u", f"{P}_PASSWORD": "hidden"}).headers == basic
    assert credentials.read({}, login=endpoint.Login("u", "hidden")).headers == basic


def test_more_headers_come_from_a_file(tmp_path: Path) -> None:
    path = tmp_path / "headers"
    path.write_text("# tenants\nX-Scope-OrgID: shop\n\nX-Other:a:b\n", encoding="utf-8")
    path.chmod(0o600)
    assert credentials.read({f"{P}_HEADERS_FILE": str(path)}).headers == {"X-Scope-OrgID": "shop", "X-Other": "a:b"}


@pytest.mark.skipif(sys.platform == "win32", reason="rights are no bits there")
def test_a_secret_that_everybody_may_read_is_worth_a_warning(secret: Path) -> None:
    secret.chmod(0o644)
    found = credentials.read({f"{P}_TOKEN_FILE": str(secret)})
    assert "everybody on this machine may read" in found.warnings[0]
    assert "hidden" not in found.warnings[0]


@pytest.mark.parametrize(
    ("environment", "text"),
    [
        ({"TOKEN": "a", "USER": "b"}, "are both set"),
        ({"TOKEN": "hidden\nX-Evil: 1"}, "no header can carry"),
        ({"TOKEN": "hïdden"}, "no header can carry"),
        ({"TOKEN_FILE": "/nowhere/at/all"}, f"{P}_TOKEN_FILE: /nowhere/at/all: "),
        ({"CA_FILE": "/nowhere/at/all"}, f"{P}_CA_FILE: /nowhere/at/all: "),
    ],
)
def test_what_cannot_be_used_is_named_by_its_variable(environment: dict[str, str], text: str) -> None:
    with pytest.raises(AfterwordError) as refused:
        credentials.read({f"{P}_{name}": value for name, value in environment.items()})
    assert text in refused.value.message
    assert "hidden" not in refused.value.message


@pytest.mark.parametrize("line", ["hidden", "X Y: hidden", ": hidden"])
def test_a_line_that_is_no_header_is_named_by_its_number(line: str, tmp_path: Path) -> None:
    path = tmp_path / "headers"
    path.write_text(f"A: b\n{line}\n", encoding="utf-8")
    with pytest.raises(AfterwordError, match="line 2 of") as refused:
        credentials.read({f"{P}_HEADERS_FILE": str(path)})
    assert "hidden" not in refused.value.message


def test_a_data_source_has_variables_of_its_own() -> None:
    assert credentials.prefix_of("thanos-eu.1") == "AFTERWORD_THANOS_EU_1"
    assert credentials.prefix_of(None) == P
