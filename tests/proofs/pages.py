"""Forms as they stand on the pages: what a browser would send."""

from html.parser import HTMLParser
from typing import Any

from django.test import Client


class _Forms(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[dict[str, str]] = []
        self.inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        if tag == "form":
            self.inside = True
            self.forms.append({})
        elif tag == "input" and self.inside and named.get("name"):
            ticked = named.get("type") in {"radio", "checkbox"} and "checked" not in named
            if not ticked:
                self.forms[-1][str(named["name"])] = named.get("value") or ""

    def handle_endtag(self, tag: str) -> None:
        self.inside = self.inside and tag != "form"


def form_on(client: Client, path: str, **marked: str) -> dict[str, str]:
    """The fields of the page's form that has a key and these values, with what stands in them."""
    answer: Any = client.get(path)
    assert answer.status_code == 200, (path, answer.status_code)
    parser = _Forms()
    parser.feed(answer.content.decode())
    found = [form for form in parser.forms if form.get("once") and marked.items() <= form.items()]
    assert found, f"{path} has no form with a key and {marked}: {parser.forms}"
    return found[0]
