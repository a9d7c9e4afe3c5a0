"""The pages, exports and searches themselves, fetched as the person would: by their addresses, signed in."""

import html
import io
import re
import zipfile
from collections import Counter, deque
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urljoin, urlsplit

import pypdfium2
from django.conf import settings
from django.test import Client
from django.urls import reverse

from celabiedrs.people.models import User

HOST = "localhost"
PAGES_AT_MOST = 400
VARIANTS_AT_MOST = 12
"""Of one page with different questions behind it: pages of a list, searches, sorted in different ways."""
LEFT_ALONE = re.compile(r"^/(static|valoda|ienakt|veseliba|noteikumi|izskats)/?")
HREF = re.compile(r"""(?:href|src|hx-get|action)\s*=\s*["']([^"'#]+)""")
POST_SEARCH = re.compile(
    r"<form\b(?=[^>]*method=[\"']?post)(?=[^>]*role=[\"']search)[^>]*>.*?</form>", re.I | re.S
)
GET_FORM = re.compile(r"<form\b(?![^>]*method=[\"']?post)[^>]*>.*?</form>", re.I | re.S)
INPUT = re.compile(r"<input\b[^>]*>", re.I)
TAG = re.compile(r"<(?!/?(?:b|i|em|strong|span|wbr)\b)[^>]*>|</?(?:b|i|em|strong|span|wbr)\b[^>]*>", re.S)

Arguments = Iterator[dict[str, Any]]


def _itself(thing: Any) -> Arguments:
    yield {"public_id": thing.public_id}


def _months(plan: Any) -> Arguments:
    for month in sorted(set(plan.timesheets.order_by().values_list("month", flat=True))):
        yield {"public_id": plan.public_id, "month": month}


def _sheets(plan: Any) -> Arguments:
    for sheet in plan.timesheets.order_by("pk"):
        yield {"public_id": sheet.public_id}


def _alone(thing: Any) -> Arguments:
    yield {}


OF_HOURS = (
    ("hours:plan", _itself),
    ("hours:month", _months),
    ("hours:sheet", _sheets),
    ("hours:sheet_pdf", _sheets),
)
PAGES: dict[str, tuple[tuple[str, Callable[[Any], Arguments]], ...]] = {
    "plan": (
        ("desk:plan", _itself),
        ("hours:plan", _itself),
        ("closing:ending", _itself),
        ("closing:answers", _itself),
    ),
    "situation": (("desk:plan", _itself), ("plans:agreement", _itself), ("plans:agreement-print", _itself)),
    "meetings": OF_HOURS,
    "timesheet": OF_HOURS,
    "notes": (("notes:plan", _itself), ("notes:notes", _alone)),
    "report": (("safeguarding:report", _itself),),
    "contract": (("contracts:contract", _itself),),
    "pay": (("pay:run", _itself), ("pay:csv", _itself), ("pay:xlsx", _itself), ("pay:mine", _alone)),
    "registry": (("registry:list", _alone), ("registry:mine", _alone)),
    "session": (("supervision:session", _itself),),
    "notices": (("desk:notices", _alone),),
}
"""For each thing to look at: the names of its pages, and what their addresses take. A name that leads nowhere fails:
else "lacks" would be true of a page that nobody can open."""


def shown(user: User, what: str, thing: Any) -> str:
    """The text of the pages of a thing, as far as they let this person in."""
    client = signed_in(user)
    texts: list[str] = []
    for name, arguments in PAGES[what]:
        for kwargs in arguments(thing):
            found = fetch(client, reverse(name, kwargs=kwargs))
            if found is not None:
                texts.append(found[0])
    return "\n".join(part for text in texts for part in (text, bare(text)))


def everything(user: User, sought: list[str]) -> str:
    """Every page, export and search that the person reaches from the home page, as one text."""
    client = signed_in(user)
    waiting, seen = deque(["/"]), {"/"}
    texts: list[str] = []
    variants: Counter[str] = Counter()
    while waiting and len(texts) < PAGES_AT_MOST:
        address = waiting.popleft()
        found = fetch(client, address)
        if found is None:
            continue
        text, links = found
        texts.append(text)
        for link in (*links, *searches(address, text, sought), *posted(client, address, text, sought)):
            path = link.partition("?")[0]
            if link not in seen and not LEFT_ALONE.match(link) and variants[path] < VARIANTS_AT_MOST:
                variants[path] += 1
                seen.add(link)
                waiting.append(link)
    if not texts:
        raise RuntimeError("the home page could not be read, so nothing was looked at")
    return "\n".join(part for text in texts for part in (text, bare(text)))


def signed_in(user: User) -> Client:
    client = Client(raise_request_exception=True, SERVER_NAME=HOST)
    client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[0])
    return client


def fetch(client: Client, address: str) -> tuple[str, list[str]] | None:
    """Text and links of an address; None where there is nothing to be read."""
    response = client.get(address, secure=bool(settings.SECURE_SSL_REDIRECT))
    if response.status_code >= 500:
        raise RuntimeError(f"{address} answers {response.status_code}")
    if response.status_code >= 400:
        return None
    if 300 <= response.status_code < 400:
        target = urljoin(address, response.headers.get("Location", "/"))
        return "", [_inside(target)] if _inside(target) else []
    body = b"".join(response.streaming_content) if response.streaming else response.content  # type: ignore[attr-defined]
    kind = response.headers.get("Content-Type", "")
    text = read(body, kind)
    if "html" not in kind:
        return text, []
    links = [_inside(urljoin(address, html.unescape(link))) for link in HREF.findall(text)]
    return html.unescape(text), [link for link in links if link]


def _inside(link: str) -> str:
    parts = urlsplit(link)
    if parts.scheme not in ("", "http", "https") or parts.netloc not in ("", HOST, "testserver"):
        return ""
    return parts.path + (f"?{parts.query}" if parts.query else "")


def read(body: bytes, kind: str) -> str:
    """The text of what came: a page, a table, a workbook, a PDF."""
    if "spreadsheet" in kind or body.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(io.BytesIO(body)) as book:
            return "\n".join(
                html.unescape(book.read(name).decode("utf-8", "replace")) for name in book.namelist()
            )
    if "pdf" in kind:
        return _pdf_text(body)
    return body.decode("utf-8", "replace")


def _pdf_text(body: bytes) -> str:
    document = pypdfium2.PdfDocument(body)
    return "\n".join(page.get_textpage().get_text_range() for page in document)


def searches(address: str, text: str, sought: list[str]) -> list[str]:
    """Each search form of a page, asked for a part of what is sought: an echo of the question is no find."""
    links = []
    for form in GET_FORM.findall(text):
        action = re.search(r"""action=["']([^"']*)""", form)
        fields = [
            found[1] for box in INPUT.findall(form) if (found := re.search(r"""name=["']([^"']+)""", box))
        ]
        for words in sought:
            part = words[: max(3, len(words) // 2)]
            query = "&".join(f"{name}={part}" for name in fields)
            if query:
                links.append(
                    _inside(urljoin(address, (action[1] if action else "") or address)) + "?" + query
                )
    return links


def posted(client: Client, address: str, text: str, sought: list[str]) -> list[str]:
    """The same of forms whose words stay out of the address: where the answer to each leads."""
    links = []
    for form in POST_SEARCH.findall(text):
        action = re.search(r"""action=["']([^"']*)""", form)
        for words in sought:
            path = _inside(urljoin(address, (action[1] if action else "") or address))
            answer = client.post(
                path, {"q": words[: max(3, len(words) // 2)]}, secure=bool(settings.SECURE_SSL_REDIRECT)
            )
            links.append(_inside(urljoin(path, answer.headers.get("Location", ""))))
    return [link for link in links if link]


def bare(text: str) -> str:
    """A page without its tags."""
    return re.sub(
        r"\s+", " ", TAG.sub(lambda tag: "" if tag[0][1:3].strip("/")[:1] in "biesw" else " ", text)
    )
