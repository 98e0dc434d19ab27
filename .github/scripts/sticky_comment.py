"""Keeps one comment with the report on a pull or merge request: finds its own by marker and author, and rewrites it.

``sticky_comment.py github`` runs after the check of a pull request, in a workflow that may write. The report comes
out of an artifact that may have been made by anybody: it is read within bounds, nothing in it is run, it pings
nobody, and the pull request is found by what GitHub says of the run, never by what the artifact says.

``sticky_comment.py gitlab FILE`` runs in the pipeline of a merge request, with a token in AFTERWORD_NOTE_TOKEN.

Only the standard library is needed, Python 3.11 or later.
"""

import html
import io
import json
import os
import re
import struct
import sys
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from http.client import HTTPException
from pathlib import Path
from typing import Any
from urllib import parse, request
from urllib.error import HTTPError, URLError

ARTIFACT = "postmortem-comment"
MEMBER = "comment.md"
MARKER = "<!-- afterword -->"
BOT = "github-actions[bot]"
LENGTH = 65_000
"""Characters. GitHub takes 65,536 in a comment, and some are added here."""
ARCHIVE = 262_144
"""Bytes of an archive that are read: the text in four-byte characters, which an honest archive stays below."""
PAGE = 100
TIMEOUT = 30
UNSEEN = ("Cc", "Cf", "Co", "Cs")
"""Categories of characters that show nothing, or turn around what others show."""
_ENTITY = re.compile(r"&(?:#\d{1,20}|#[xX][0-9a-fA-F]{1,20}|commat);?")
BROKEN = (zipfile.BadZipFile, zlib.error, struct.error, RuntimeError, EOFError, ValueError, OSError)
"""What a malformed archive or text may raise."""


class RefusedError(Exception):
    """There is nothing to comment, or nothing that may be trusted. The message says why."""


class Forge:
    """The API of a forge: ``base`` without a slash at its end, ``headers`` with the token."""

    def __init__(self, base: str, headers: Mapping[str, str]) -> None:
        self._base, self._headers = base, headers

    def read(self, path: str, limit: int, method: str = "GET", body: Mapping[str, str] | None = None) -> bytes:
        """What the API answers; ``RefusedError`` past ``limit`` bytes."""
        data = None if body is None else json.dumps(body).encode()
        asked = request.Request(f"{self._base}{path}", data, method=method)  # noqa: S310  # the runner's own API
        for name, value in self._headers.items():
            # an archive lies on another host, which is not told the token
            asked.add_unredirected_header(name, value)
        if data is not None:
            asked.add_unredirected_header("Content-Type", "application/json")
        with request.urlopen(asked, timeout=TIMEOUT) as answer:  # noqa: S310  # as above
            found: bytes = answer.read(limit + 1)
        if len(found) > limit:
            raise RefusedError(f"The answer to {path.partition('?')[0]} is too long.")
        return found

    def json(self, path: str, method: str = "GET", body: Mapping[str, str] | None = None) -> Any:
        """The same, parsed."""
        return json.loads(self.read(path, 20_000_000, method, body))

    def all(self, path: str) -> Iterator[Any]:
        """The items of all pages of a list."""
        sign = "&" if "?" in path else "?"
        for page in range(1, 101):
            items = self.json(f"{path}{sign}per_page={PAGE}&page={page}")
            yield from items
            if len(items) < PAGE:
                return


def unpacked(archive: bytes) -> str:
    """The text of the one file that the archive may hold. Whatever is odd is refused."""
    try:
        with zipfile.ZipFile(io.BytesIO(archive)) as opened:
            members = opened.infolist()
            if [member.filename for member in members] != [MEMBER]:
                raise RefusedError(f"The artifact holds something else than {MEMBER}.")
            if members[0].compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
                raise RefusedError("The artifact is packed in another way than runners do it.")
            with opened.open(MEMBER) as member:
                return member.read(LENGTH * 4).decode("utf-8")
    except BROKEN as error:
        raise RefusedError("The artifact cannot be read.") from error


def tamed(text: str, origin: str = "") -> str:
    """The body of the comment: our marker first, no control characters, no @name that calls somebody, not too long.

    Nothing is left of a text that is empty. ``origin`` is a line that is put below.
    """
    text = "".join(sign for sign in text if sign in "\n\t" or unicodedata.category(sign) not in UNSEEN)
    text = text.replace(MARKER, "").strip()
    if not text:
        return ""
    # forges look for names in what is shown, where an entity is its sign and a comment is nothing
    text = _ENTITY.sub(lambda found: "@" if "@" in html.unescape(found[0]) else found[0], text)
    text = re.sub(r"@(?=\S)", "@\u200b", text)
    # a picture could look like a report, and would be asked of another host
    text = re.sub(r"!+(?=\[)", "", text)
    # a line that begins so is a command to GitLab, with the rights of whoever writes
    text = re.sub(r"^([^\S\n]*)/(?=\w)", "\\1\\\\/", text, flags=re.MULTILINE)
    text = re.sub(r"<(?=(?:img|picture|source|video)\b)", "&lt;", text, flags=re.IGNORECASE)
    if len(text) > LENGTH:
        raise RefusedError("The report is longer than a comment may be.")
    return "\n\n".join(part for part in (MARKER, text, origin) if part) + "\n"


def keep(forge: Forge, places: tuple[str, str], own: list[Any], body: str, update: str) -> str:
    """Writes the comment: over the first of ``own``, else anew where it has something to say. Says what was done.

    ``places`` are the paths for a new comment and, with ``{}`` for the number, for one that is there; ``update`` is
    the method for the latter.
    """
    new, old = places
    if own:
        body = body or f"{MARKER}\n\nNo postmortem is changed here any more.\n"
        if own[0]["body"].strip() == body.strip():
            return "The comment says so already."
        forge.json(old.format(int(own[0]["id"])), update, {"body": body})
        return "The comment was brought up to date."
    if not body:
        return "No postmortem is changed, and there is no comment."
    forge.json(new, "POST", {"body": body})
    return "The comment was written."


def on_github(environment: Mapping[str, str]) -> str:
    """Comments on the pull request whose check has just ended. Raises ``RefusedError``."""
    run = json.loads(Path(environment["GITHUB_EVENT_PATH"]).read_text(encoding="utf-8"))["workflow_run"]
    if run["event"] != "pull_request":
        raise RefusedError("The run was not that of a pull request.")
    headers = {"Authorization": f"Bearer {environment['GITHUB_TOKEN']}", "Accept": "application/vnd.github+json"}
    forge = Forge(environment["GITHUB_API_URL"], headers)
    repository = f"/repos/{environment['GITHUB_REPOSITORY']}"
    number = _pull_request(forge, repository, run)
    body = tamed(_artifact(forge, repository, int(run["id"])), f"<sub>From [the check]({run['html_url']}).</sub>")
    thread = f"{repository}/issues/{number}/comments"
    own = [item for item in forge.all(thread) if (item["user"] or {}).get("login") == BOT]
    own = [item for item in own if item["body"].startswith(MARKER)]
    return keep(forge, (thread, f"{repository}/issues/comments/{{}}"), own, body, "PATCH")


def _pull_request(forge: Forge, repository: str, run: Any) -> int:
    """The number of the one open pull request that has the run's commit at its head."""
    source = run["head_repository"]
    if source is None:
        raise RefusedError("The fork is gone.")
    head = parse.quote(f"{source['owner']['login']}:{run['head_branch']}", safe="")
    numbers = [
        int(pull["number"])
        for pull in forge.all(f"{repository}/pulls?state=open&head={head}")
        if pull["head"]["sha"] == run["head_sha"] and (pull["head"]["repo"] or {}).get("id") == source["id"]
    ]
    if len(numbers) != 1:
        raise RefusedError(f"{len(numbers) or 'No'} open pull requests have {run['head_sha']} at their head.")
    return numbers[0]


def _artifact(forge: Forge, repository: str, run: int) -> str:
    found = forge.json(f"{repository}/actions/runs/{run}/artifacts?name={ARTIFACT}&per_page={PAGE}")["artifacts"]
    fitting = [item for item in found if item["name"] == ARTIFACT and not item["expired"]]
    if not fitting:
        raise RefusedError("The check left no report.")
    newest = max(int(item["id"]) for item in fitting)
    return unpacked(forge.read(f"{repository}/actions/artifacts/{newest}/zip", ARCHIVE))


def on_gitlab(environment: Mapping[str, str], report: Path) -> str:
    """Writes the note of the pipeline's merge request. Raises ``RefusedError``."""
    forge = Forge(environment["CI_API_V4_URL"], {"PRIVATE-TOKEN": environment["AFTERWORD_NOTE_TOKEN"]})
    project, number = int(environment["CI_PROJECT_ID"]), int(environment["CI_MERGE_REQUEST_IID"])
    notes = f"/projects/{project}/merge_requests/{number}/notes"
    with report.open("rb") as opened:
        body = tamed(opened.read(LENGTH * 4).decode("utf-8", "replace"))
    me = forge.json("/user")["id"]
    own = [item for item in forge.all(f"{notes}?sort=asc&order_by=created_at") if item["author"]["id"] == me]
    own = [item for item in own if item["body"].startswith(MARKER)]
    return keep(forge, (notes, f"{notes}/{{}}"), own, body, "PUT")


def main(arguments: list[str], environment: Mapping[str, str]) -> int:
    """0: the comment is as it should be, or there is none to write; 1: the forge did not do what it was asked."""
    try:
        match arguments:
            case ["github"]:
                said = on_github(environment)
            case ["gitlab", report]:
                said = on_gitlab(environment, Path(report))
            case _:
                sys.stderr.write("usage: sticky_comment.py github | gitlab FILE\n")
                return 2
    except RefusedError as error:
        said = f"Nothing was written. {error}"
    except HTTPError as error:
        sys.stderr.write(f"The comment could not be written: HTTP {error.code} from {parse.urlsplit(error.url).path}\n")
        return 1
    except (OSError, HTTPException, ValueError) as error:  # nobody answered, too late, in part, or nonsense
        reason = error.reason if isinstance(error, URLError) else type(error).__name__
        sys.stderr.write(f"The comment could not be written: {reason}\n")
        return 1
    print("".join(sign if sign.isprintable() else "?" for sign in said).replace("::", ": :"))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], os.environ))
