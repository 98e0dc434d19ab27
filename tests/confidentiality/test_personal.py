"""Addresses, customers, internal hosts and sensitive text: where they stand, and what is none of them."""

from __future__ import annotations

import pytest

from afterword.confidentiality import Kind, findings
from afterword.settings import Confidential, Settings
from afterword.source import Source

KNOWN = Confidential(
    customers=("Northwind Traders", "Contoso", "Ödön & Söhne", "Target", "acme"),
    hosts=("*.int.shop.org", ".prod.local"),
    allowed=("*@status.shop.org", "shop.net", "9.20.0.0/16", "ceo@shop.org", "2a00:1450::/32"),
)


def found(text: str, kind: Kind) -> list[str]:
    settings = Settings(severities={}, categories={}, confidential=KNOWN)
    source = Source("a.md", text)
    lines = text.split("\n")
    return [
        lines[hit.span.line - 1][hit.span.column - 1 : hit.span.end_column - 1]
        for hit in findings(source, settings)
        if hit.kind is kind
    ]


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("Jane <jane.roe@shop.org> wrote", "jane.roe@shop.org"),
        ("user=jane@shop.co.uk failed", "jane@shop.co.uk"),
        ("[mail](mailto:jane+x@shop.org)", "jane+x@shop.org"),
        ("| jane@shop.org | 3 |", "jane@shop.org"),
        ("ask jane@shop.org.", "jane@shop.org"),
        ("jane@shop.org: no answer", "jane@shop.org"),
    ],
)
def test_an_address_of_a_person_is_found(text: str, address: str) -> None:
    assert found(text, Kind.EMAIL) == [address]


@pytest.mark.parametrize(
    "text",
    [
        "digital@shop.org", "incidents@shop.org", "ordertechgroup@shop.org", "payments-team@shop.org",
        "support@shop.org", "no-reply@shop.org", "jane@example.org", "jane@mail.example.com", "jane@shop.test",
        "git@git.shop.org:orders.git", "ssh jane@bastion.shop.org", "rsync -a x jane@host.shop.org:/srv", "@team-web",
        "https://jane@shop.org/x", "1234+jane@users.noreply.github.com", "react@18.2.0", "@scope/package@1.2.3",
        "logo@2x.png", "user@host", "a @ b.c", "alerts@status.shop.org", "jane@shop.net", "ceo@shop.org",
        "getty@tty1.service", "postgres://app@db.shop.org/x", "${user}@shop.org",
    ],
)  # fmt: skip
def test_what_is_no_address_of_a_person_is_left_alone(text: str) -> None:
    assert found(f"See {text} there", Kind.EMAIL) == []


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("from 104.18.32.7 came", "104.18.32.7"),
        ("(104.18.32.7)", "104.18.32.7"),
        ("104.18.32.7:443", "104.18.32.7"),
        ("client=104.18.32.7, status=503", "104.18.32.7"),
        ("at 104.18.32.7.", "104.18.32.7"),
        ("at 3.250.12.7", "3.250.12.7"),
        ("from 2606:4700:10::6814:1507 came", "2606:4700:10::6814:1507"),
        ("`2606:4700:10:0:0:0:6814:1507`", "2606:4700:10:0:0:0:6814:1507"),
        ("2606:4700:10::6814:1507: no answer", "2606:4700:10::6814:1507"),
    ],
)
def test_an_address_of_the_internet_is_found(text: str, address: str) -> None:
    assert found(text, Kind.ADDRESS) == [address]


@pytest.mark.parametrize(
    "text",
    [
        "127.0.0.1", "10.1.2.3", "172.16.0.9", "192.168.1.1", "169.254.169.254", "192.0.2.1", "198.51.100.7",
        "203.0.113.9", "255.255.255.255", "224.0.0.251", "100.64.0.1", "8.8.8.8", "1.1.1.1",
        "104.16.0.0/13", "999.1.1.1", "Perl 5.14.4.1", "6.9.13.59", "1.2.3", "1.2.3.4.5",
        "v1.2.3.4", "version 12.4.3.1", "chrome/120.4.3.1",
        "nginx-1.2.3.4", "upgraded from 12.4.3.1", "12.4.3.1-rc1", "pkg@12.4.3.1", "9.20.3.4", "::1", "fe80::1",
        "2001:db8::1", "std::string", "20:30:45", "2026:03:04", "dead::beef", "2606:4700::/32", "2a00:1450::9",
        "aa:bb:cc:dd:ee:ff", "2001:4860:4860::8888", "§ 1.2.3.4.1",
    ],
)  # fmt: skip
def test_an_address_that_says_nothing_is_left_alone(text: str) -> None:
    assert found(f"There was {text} there", Kind.ADDRESS) == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Northwind Traders saw it", "Northwind Traders"),
        ("NORTHWIND TRADERS’ orders", "NORTHWIND TRADERS"),
        ("at Northwind-Traders.", "Northwind-Traders"),
        ("**Contoso**", "Contoso"),
        ("Ödön & Söhne", "Ödön & Söhne"),
        ("customer=acme", "acme"),
        ("Acme", "Acme"),
        ("Target was hit", "Target"),
    ],
)
def test_a_customer_is_found_as_whole_words(text: str, name: str) -> None:
    assert found(text, Kind.CUSTOMER) == [name]


@pytest.mark.parametrize(
    "text", ["the target", "northwind traders", "Northwind", "Northwind Tradersx", "acmes", "xContoso"]
)
def test_a_word_that_is_no_customer_is_left_alone(text: str) -> None:
    assert found(text, Kind.CUSTOMER) == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("`db-1.eu.internal`", "db-1.eu.internal"),
        ("https://grafana.ops.shop.corp/d/1", "grafana.ops.shop.corp"),
        ("orders.default.svc.cluster.local:8080", "orders.default.svc.cluster.local"),
        ("DB1.INT.SHOP.ORG", "DB1.INT.SHOP.ORG"),
        ("web.prod.local.", "web.prod.local"),
        ("nas.lan,", "nas.lan"),
    ],
)
def test_an_internal_host_is_found(text: str, name: str) -> None:
    assert found(text, Kind.HOST) == [name]


@pytest.mark.parametrize(
    "text",
    [
        "metadata.google.internal", "host.docker.internal", "jdk.internal.misc.Unsafe", "foo.internal()",
        "an .internal name",
        "settings.local", ".env.local", "*.internal", "*.svc.cluster.local", "internal", "int.shop.org", "x.landing",
        "kubernetes.default.svc.cluster.local", "shop.corporate.org", "github.com/shop/x.internal/pool.go",
    ],
)  # fmt: skip
def test_a_name_that_is_no_internal_host_is_left_alone(text: str) -> None:
    assert found(f"It was {text} there", Kind.HOST) == []


def sensitive(text: str, heading: str = "## Sensitive information") -> list[str]:
    return found(
        f"# A\n\nOrder 48213 failed.\n\n{heading}\n\n{text}\n\n## Notes\n\nOrder 48213 again.\n", Kind.SENSITIVE
    )


@pytest.mark.parametrize(
    "text",
    [
        "Order 48213 was hit.",
        "| Order | 48213 |",
        "- Account: 12 of 99",
        "The mail to jane@shop.org bounced.",
        "    key: 1",
    ],
)
def test_what_is_more_than_links_is_sensitive(text: str) -> None:
    assert sensitive(text) == [text.strip()]
    assert sensitive(text, "## 12. Informações sensíveis") == [text.strip()]


@pytest.mark.parametrize(
    "text",
    [
        "None.", "- [orders](https://vault.example.org/1234)", "Orders of 2026: <https://vault.example.org>",
        "The list of the orders concerned is kept in the restricted archive; ask `@oncall-platform`.",
        "<!-- Links only: 12345 -->", "Nothing beyond what the archive holds.", "[a][1]\n\n[1]: https://vault.example.org",
    ],
)  # fmt: skip
def test_links_and_whom_to_ask_are_not_sensitive(text: str) -> None:
    assert sensitive(text) == []


def test_each_item_is_judged_by_itself() -> None:
    assert sensitive("- [a](https://x.example.org)\n- Order 48213\n- none") == ["- Order 48213"]


def test_a_heading_of_another_level_opens_no_such_part() -> None:
    assert sensitive("Order 48213 was hit.", "### Sensitive information") == []
