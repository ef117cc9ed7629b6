"""Pages that weigh less, so that their first text is there sooner: a Sphinx extension.

The theme and the notebooks put into every page what any page might need. Here it is cut down to what this book needs.
"""

import base64
import hashlib
import os
import re
from pathlib import Path
from typing import Any

from autograder.reference.files import write_whole

CARRIED = re.compile(r'(<img\b[^>]*?)\bsrc="data:image/(png|jpeg|svg\+xml);base64,([^"]+)"([^>]*>)')
"""A picture within a page, as a notebook's sliders carry theirs."""
NARROW = re.compile(r"<!-- narrow ([\w+/=]+) -->\s*$")
"""The second drawing of a figure with several panels, for a phone (book/figures.py)."""
PHONE = "(max-width: 576px)"
OFFERED = re.compile(r"<picture><source[^>]*>(<img[^>]*>)</picture>")
SAID = re.compile(r'"[^"]*"')
"""What an attribute says, which is not its name."""
SHOWN = re.compile(r'<img\b[^>]*?\bsrc="([^"]+)/([^"/]+\.svg)"[^>]*>')
LATE = ' loading="lazy"'
FORMULA = re.compile(r'class="[^"]*\bmath\b')
MATHJAX = re.compile(r'\s*<script[^>]*(?:>window\.MathJax|src="[^"]*mathjax/)[^<]*</script>')
EXPLORABLE = "data-explorable="
EXPLORED = re.compile(r'\s*<script[^>]*src="[^"]*/explorables[/.][^"]*"[^<]*</script>')
BLOCKING = re.compile(r"<script(?![^>]*\b(?:defer|async|documentation_options)\b)(?=[^>]*\bsrc=)")
"""A script that a page waits for. The one of Sphinx's options is read at once by those within the page."""
ICONS = Path("_static/scripts/fontawesome.js")
ICON = re.compile(r'(?:"([a-z\d-]+)"|([a-z]\w*)):\[\d+,\d+,\[([^\]]*)\],"[\da-f]+",(?:"[^"]*"|\[[^\]]*\])\],?')
"""One of the theme's two thousand icons: its name, its other names, and its outline."""
ICON_S_NAME = re.compile(r"\bfa-([a-z\d-]+)")


def setup(app: Any) -> dict[str, bool]:
    """Where Sphinx takes the extension in."""
    app.connect("build-finished", _make_lighter)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def put_beside(html: str, pictures: Path, way: str) -> str:
    """A page's text whose carried pictures lie in ``pictures``, each once; a hidden one is loaded when it is shown.

    ``way`` leads from the page to that folder. Each keeps its place in the page while it is on its way.
    """

    def moved(found: re.Match[str]) -> str:
        before, kind, code, after = found.groups()
        content = base64.b64decode(code)
        name = f"{hashlib.sha256(content).hexdigest()[:16]}.{kind.removesuffix('+xml')}"
        pictures.mkdir(parents=True, exist_ok=True)
        (pictures / name).write_bytes(content)
        names = SAID.sub("", before + after).split()
        late = LATE if "hidden" in names else ""
        size = "" if "width=" in names else _size(content)
        return f'{before}src="{way}/{name}"{late}{size}{after}'

    return CARRIED.sub(moved, html)


def _size(picture: bytes) -> str:
    """Width and height of a figure that matplotlib has drawn, as attributes in pixels; nothing for other pictures."""
    root = re.search(rb"<svg\b[^>]*>", picture)
    sides = re.findall(rb'\b(width|height)="([\d.]+)pt"', root[0]) if root else []
    return "".join(f' {side.decode()}="{float(points) * 4 / 3:.0f}"' for side, points in sides)


def split_narrow(pictures: Path) -> dict[str, str]:
    """Take the second drawings out of the figures in a folder; width and height of each picture, by its name."""
    for picture in sorted(pictures.glob("*.svg")):
        text = picture.read_text("utf-8")
        if carried := NARROW.search(text):
            write_whole(picture.with_suffix(".narrow.svg"), base64.b64decode(carried[1]))
            write_whole(picture, text[: carried.start()])
    return {drawn.name: _size(drawn.read_bytes()) for drawn in pictures.glob("*.svg")}


def with_narrow(html: str, sizes: dict[str, str]) -> str:
    """A page's text in which a figure has its second drawing where the window is as narrow as a phone's."""

    def offered(found: re.Match[str]) -> str:
        way, name = found.groups()
        narrow = f"{name.removesuffix('.svg')}.narrow.svg"
        if narrow not in sizes:
            return found[0]
        return f'<picture><source media="{PHONE}" srcset="{way}/{narrow}"{sizes[narrow]}>{found[0]}</picture>'

    return SHOWN.sub(offered, OFFERED.sub(r"\1", html))


def loaded_late(html: str, sizes: dict[str, str]) -> str:
    """A page's text in which every figure but the first is loaded once it is near; each keeps its place until then."""
    first = True

    def late(found: re.Match[str]) -> str:
        nonlocal first
        named = {one.rstrip("=") for one in SAID.sub("", found[0]).split()}
        size = "" if "width" in named else sizes.get(found[2], "")
        waits = not first and "loading" not in named and bool(size or "width" in named)
        first = first and "hidden" in named
        return f"<img{size}{LATE * waits}{found[0].removeprefix('<img')}"

    return SHOWN.sub(late, html)


def without_idle_mathjax(html: str) -> str:
    """A page's text without MathJax if it has no formula. Sphinx loads it also where only the pages below have one."""
    return html if FORMULA.search(html) else MATHJAX.sub("", html)


def without_idle_models(html: str) -> str:
    """A page's text without the scripts of the models to play with if it has none of these."""
    return html if EXPLORABLE in html else EXPLORED.sub("", html)


def text_first(html: str) -> str:
    """A page's text whose scripts run once it has been read, in their order, so that none keeps the text waiting."""
    head, end, body = html.partition("</head>")
    return BLOCKING.sub("<script defer", head) + end + body


def only_icons(script: str, names: set[str]) -> str:
    """The theme's script of icons with none but the ``names``; as it was if the icons in it have another form."""

    def kept(found: re.Match[str]) -> str:
        return found[0] if names & {found[1] or found[2], *re.findall(r'"([^"]+)"', found[3])} else ""

    return ICON.sub(kept, script)


def _make_lighter(app: Any, error: Exception | None) -> None:
    if error or app.builder.format != "html":
        return
    out = Path(app.outdir)
    shown: set[str] = set()
    pages = {page: page.read_text("utf-8") for page in out.rglob("*.html")}
    for page, html in pages.items():
        pages[page] = put_beside(html, out / "_images", os.path.relpath(out / "_images", page.parent))
    sizes = split_narrow(out / "_images")
    for page, html in pages.items():
        needed = text_first(without_idle_models(without_idle_mathjax(html)))
        write_whole(page, loaded_late(with_narrow(needed, sizes), sizes))
        shown |= set(ICON_S_NAME.findall(html))
    for script in (out / "_static").glob("*.js"):
        shown |= set(ICON_S_NAME.findall(script.read_text("utf-8")))
    icons = out / ICONS
    write_whole(icons, only_icons(icons.read_text("utf-8"), shown))
