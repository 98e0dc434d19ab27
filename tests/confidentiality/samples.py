"""Made-up secrets, put together when they are asked for, so that none stands in this repository; and what only looks
like one, as real reports have it."""

from __future__ import annotations

import random
import string
from collections.abc import Callable
from typing import TypeAlias

Draw: TypeAlias = "Callable[..., str]"

ALNUM = string.ascii_letters + string.digits
UPPER = string.ascii_uppercase + string.digits
HEX = "abcdef0123456789"


def draw(seed: int) -> Draw:
    """Gives as many characters of an alphabet as asked for; the same for the same seed."""
    chosen = random.Random(seed)  # noqa: S311  # no secret is to come of it

    def characters(count: int, alphabet: str = ALNUM) -> str:
        return "".join(chosen.choice(alphabet) for _ in range(count))

    return characters


def secrets(seed: int = 3) -> dict[str, tuple[str, str]]:
    """By a name: the secret, and a line as it would stand in a report."""
    of = draw(seed)
    slack = f"xoxb-{of(12, '2468')}-{of(12, '2468')}-{of(24)}"
    jwt = f"eyJ{of(30)}.eyJ{of(60)}.{of(43)}"
    bare = {
        "aws-id": "AKIA" + of(16, UPPER),
        "github": "ghp_" + of(36),
        "github-fine": f"github_pat_{of(22)}_{of(59)}",
        "gitlab": "glpat-" + of(20),
        "slack": slack,
        "slack-hook": f"https://hooks.slack.com/services/T{of(8, UPPER)}/B{of(8, UPPER)}/{of(24)}",
        "stripe": "sk_live_" + of(24),
        "sendgrid": f"SG.{of(22)}.{of(43)}",
        "google": "AIza" + of(35),
        "npm": "npm_" + of(36),
        "pypi": "pypi-AgEIcHlwaS5vcmc" + of(80),
        "vault": "hvs." + of(90),
        "grafana": f"glsa_{of(32)}_{of(8, HEX)}",
        "hugging-face": "hf_" + of(34, string.ascii_letters),
        "docker": "dckr_pat_" + of(27),
        "digitalocean": "dop_v1_" + of(64, HEX),
        "age": "AGE-SECRET-KEY-1" + of(58, UPPER),
        "jwt": jwt,
        "square": "sq0csp-" + of(43),
        "mailchimp": of(32, HEX) + "-us14",
        "twilio": "SK" + of(32, HEX),
    }
    found = {name: (secret, f"It was `{secret}` then.") for name, secret in bare.items()}
    for name, before, secret, after in (
        ("aws-key", "aws_secret_access_key = ", of(38) + "9b", ""),
        ("azure", "DefaultEndpointsProtocol=https;AccountKey=", of(86) + "==", ";"),
        ("postgres", "postgres://app:", of(14), "@db.shop.org/orders"),
        ("redis", "redis://:", of(20), "@cache.shop.org:6379"),
        ("git", "git clone https://deploy:", of(20), "@git.shop.org/orders.git"),
        ("assigned", "DB_PASSWORD=", of(6) + "4" + of(6) + "7", ""),
        ("yaml", 'password: "', of(5) + "9$x" + of(5), '"'),
        ("api-key", "api_key: ", of(31, HEX) + "f7", ""),
        ("header", "curl -H 'Authorization: Bearer ", of(40) + "3", "' https://api.shop.org"),
        ("pgpassword", "PGPASSWORD=", of(6) + "4" + of(5), " psql"),
        ("senha", "senha: ", of(5) + "5" + of(5) + "a", ""),
        ("telegram", "https://api.telegram.org/bot", of(9, "2468") + ":" + of(35), "/getMe"),
    ):
        found[name] = (secret, before + secret + after)
    return found


def private_key(seed: int = 5, kind: str = "RSA ", indent: str = "") -> str:
    """The text of a private key, of twelve lines."""
    of = draw(seed)
    lines = [f"-----BEGIN {kind}PRIVATE KEY-----", *(of(64) for _ in range(12)), f"-----END {kind}PRIVATE KEY-----"]
    return "\n".join(indent + line for line in lines)


def harmless(seed: int = 7) -> list[str]:
    """What looks like a secret and is none, a line each."""
    of = draw(seed)
    uuid = "-".join(of(count, HEX) for count in (8, 4, 4, 4, 12))
    return [*_ids(of, uuid), *_PLACEHOLDERS]


def _ids(of: Draw, uuid: str) -> list[str]:
    return [
        f"commit {of(40, HEX)}", f"fixed in `{of(7, HEX)}`", f"image: shop@sha256:{of(64, HEX)}", f"token_id: {uuid}",
        f"trace_id={of(32, HEX)} span_id={of(16, HEX)}", f"traceparent: 00-{of(32, HEX)}-{of(16, HEX)}-01",
        f"data: {of(120)}==", f"integrity: sha512-{of(86)}==", f'etag: "{of(32, HEX)}"', f"md5={of(32, HEX)}",
        f"X-Request-Id: {uuid}", f"X-Amz-Signature={of(64, HEX)}", f"pod checkout-{of(10, HEX)}-x7k2p",
        f"password_hash: $2b$12${of(53)}", f"secret hash: {of(64, HEX)}", f"token digest sha256:{of(64, HEX)}",
        f"page_token={of(30)}", f"ssh-rsa AAAAB3NzaC1yc2E{of(100)} ops@bastion", f"account AC{of(32, HEX)}",
        f"-----BEGIN CERTIFICATE-----\n{of(64)}\n-----END CERTIFICATE-----", f"etcd key: /registry/secrets/{of(8)}",
        f"aws key rotation was in {of(40, HEX)}",
    ]  # fmt: skip


_PLACEHOLDERS = [
    "arn:aws:secretsmanager:eu-west-1:123456789012:secret:prod/checkout/db-AbCdEf",
    "aws_secret_access_key = ${AWS_SECRET_ACCESS_KEY}", "postgres://app:${DB_PASSWORD}@db:5432/shop",
    "postgres://user:password@localhost/db", "postgres://postgres:postgres@localhost:5432", "https://user:***@shop.org",
    "mongodb+srv://<user>:<pass>@cluster0.ab1cd.mongodb.net", "http://10.0.0.1:8080/path", "redis://:@cache.shop.org",
    "http://proxyuser:proxypass@proxy.shop.org", "cvs://:pserver:anoncvs@cvs.shop.org/x",
    "password: ***", "password: ********", "password = <redacted>", "PASSWORD=changeme123", "password: password123",
    "the password was rotated at 12:30", "secret: payments-db-2024", "secretName: tls-cert-2025-03",
    "token: session-token-v2", "max_tokens: 128000", "next_page_token=CAoQAAeyJh12Zz8", "csrf_token=8fj2K9sl2Mx91",
    "api_key: YOUR_API_KEY_123", "api_key=xxxxxxxxxxxx1234", "AKIAIOSFODNN7EXAMPLE", "xoxb-your-token-here",
    "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", "ghp_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
    "Authorization: Bearer $TOKEN", "Authorization: Bearer <token>", "Authorization: Basic ${AUTH}",
    "the file held -----BEGIN PRIVATE KEY----- in clear",
    "-----BEGIN RSA PRIVATE KEY-----\n...\n-----END RSA PRIVATE KEY-----",
    "secret.yaml: 2 lines changed", "tokens: 12,345,678 per minute", "token: expires 2026-03-04T09:12:00Z",
    "secrets: inherit", "password policy: min8chars1digit", "tls secret: kube-system/wildcard-tls-2026",
    "private_key: /etc/ssl/private/shop2026.key", "credentials: vault:secret/data/checkout#password1",
    "token=$(vault read -field=token secret/ci2)", "secret: {{ .Values.secret1 }}", "pwd: /home/deploy1/app",
    "api_key=os.environ['API_KEY1']", "token := getToken(ctx, 42)", "accessKey: AWS_ACCESS_KEY_1",
    "kubectl get secret db-creds-7f9c8d -o yaml", "secret/db-creds-7f9c8d configured", "token bucket: 500req/10s",
    "Passwords: bcrypt cost 12", "SKU: SK2345678901234567890", "credential: arn:aws:iam::123456789012:role/ci",
    "token: v2.1.0-rc1", "secret: v1/projects/123/secrets/db4", "access_key: none0000", "hf_transfer was on",
    "Password: the one of the vault, see runbook 12", "A token bucket of 500; token: 1,000 a second",
    "mật khẩu: hỏi nhóm trực 24/7", "senha: pergunte à equipe 24h",
]  # fmt: skip
