"""What would be dangerous in a page that shows what a student wrote."""

import re
from html.parser import HTMLParser

HARMLESS = re.compile(r"(?:https?:|mailto:|[^:]*(?:[/?#]|$))", re.IGNORECASE)


class Dangers(HTMLParser):
    """What in a page a browser would run, or fetch from elsewhere, by itself or at a click."""

    RUNS = ("iframe", "object", "embed", "form", "base", "applet", "frame", "audio", "video", "source")
    FETCHES = ("src", "srcset", "data", "poster", "background")
    LEADS = ("href", "xlink:href", "action", "formaction")

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._head = True

    @classmethod
    def of(cls, page: str) -> list[str]:
        parser = cls()
        parser.feed(page)
        return parser.found

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._head = self._head and tag != "body"
        if self._head:
            return
        if tag in (*self.RUNS, "script"):
            self.found.append(f"<{tag}>")
        for name, value in attrs:
            value = re.sub(r"[\x00-\x20]", "", value or "")
            inline = value.startswith("data:image/")  # as a picture not even SVG runs anything
            leads = name in self.LEADS and not HARMLESS.match(value)
            fetches = name in self.FETCHES and not inline and re.match(r"\w*:|//", value)
            if name.startswith("on") or leads or fetches:
                self.found.append(f"{name}={value}")
