r"""What a student wrote, as a teacher's browser may show it. It is parsed as it will be shown, and then allowed.

There are two walls, and each holds alone. What is stored in a graded notebook is Markdown that nbconvert renders to
nothing but what :func:`allowed` lets through (:func:`harmless`). And the course's nbgrader, formgrader and feedback
alike, renders every text with :func:`shown`, which lets nothing else through.
"""

import re
from collections.abc import Mapping
from html import escape, unescape
from typing import Any
from urllib.parse import unquote

from bs4 import BeautifulSoup
from bs4.element import PreformattedString
from jinja2 import pass_context
from jinja2.runtime import Context
from nbconvert.filters.ansi import ansi2html, strip_ansi
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath

WORD_JOINER = "\u2060"  # without width: the text reads as before, in code and in formulas too, and begins no tag
LONGEST, MOST_TEXT = 8_000, 24_000
"""Characters of one text, and of all texts of a notebook, that are shown: the parser takes quadratic time."""
CUT = "\n\n(The rest of this text is too long to be shown. It is in the notebook that was handed in.)"
NEVER_SHOWN = "(This text cannot be shown. It is in the notebook that was handed in.)"
MOST_COLOURS = 2000
"""Changes of colour in one output that are followed: nbconvert's time grows with their square."""

_TAG = re.compile(r"<(?=[a-zA-Z/!?])(?!https?://[^\s<>]*>)")
_COMMAND = re.compile(
    r"\\(?=(?:href|style|class|cssId|unicode|require|mmlToken|bbox|def|let|(?:re)?new(?:command|environment))(?![a-zA-Z]))"
)
"""TeX that makes links, loads things, or changes what another formula on the page means."""
_LINK = re.compile(r"(!?)(\[[^][\n]*\]\(\s*<?|^ {0,3}\[[^][\n]+\]:[ \t]*\n?[ \t]*<?)([^\s)>]+)", re.MULTILINE)

_TAGS = re.compile(
    "a|blockquote|br|code|d[dlt]|del|details|div|em|h[1-6]|hr|img|input|li|ol|p|pre|span|strong|sub|summary|sup|table|"
    "tbody|td|th|thead|tr|ul|math|m(?:enclose|frac|i|multiscripts|n|o|over|padded|phantom|prescripts|root|row|s|space|"
    "sqrt|style|sub|subsup|sup|table|td|text|tr|under|underover)|none"
)
_ATTRIBUTES = re.compile(
    "accent|accentunder|alt|checked|class|column(?:align|lines|spacing)|depth|disabled|display|displaystyle|fence|form|"
    "height|largeop|linebreak|linethickness|lspace|math(?:color|size|variant)|maxsize|minsize|movablelimits|notation|"
    "open|row(?:lines|spacing)|rspace|scriptlevel|separator|start|stretchy|title|type|voffset|width|xmlns"
)
_VALUES = {
    "href": r"(?ai:https?://|mailto:)\S+|#\S*",
    "src": r"data:image/(?:png|jpeg|gif|webp|svg\+xml);base64,.*",
    "style": r"text-align: ?(?:left|center|right)",
}
_PLACE, _PICTURE = r"(?:[\w-][\w .-]*/)*[\w-][\w .-]*\.", r"png|jpe?g|gif|webp"
_BESIDE = {
    "href": rf"{_PLACE}(?i:{_PICTURE}|csv|ipynb|md|npy|npz|py|txt)",
    "src": rf"{_PLACE}(?i:{_PICTURE}|svg)",
}
"""What lies beside the notebook: never above it, for other addresses of a Jupyter server do things when they are
opened; and no page to be opened, for it would have the rights of that server."""
_CODE_IN_COLOUR = ("python", "python3", "ipython3", "py")


class _Renderer(IPythonRenderer):
    """nbconvert's, without the many languages whose colouring can hang."""

    def block_code(self, code: str, info: str | None = None) -> str:
        return super().block_code(code, info if info in _CODE_IN_COLOUR else None)


def rendered(text: str, attachments: Mapping[str, Any]) -> str:
    """Markdown as nbconvert makes HTML of it. No heading has an id: a box for points may have the same."""
    renderer = _Renderer(escape=False, attachments=dict(attachments), exclude_anchor_links=True)
    return MarkdownWithMath(renderer=renderer).render(text)


def allowed(html: str) -> str:
    """HTML with the tags, attributes and targets that a text may have. A picture that may not be is its description.

    No element is left whose text a browser reads in another way, and no text is left unescaped: so whatever parses
    this finds the same few tags.
    """
    soup = BeautifulSoup(html, "html.parser")
    for text in soup.find_all(string=lambda text: isinstance(text, PreformattedString)):  # comments and the like
        text.extract()
    for tag in soup.find_all(True):
        tag.attrs = {name: value for name, value in tag.attrs.items() if _may_be(name, value)}
        if tag.name == "img" and "src" not in tag.attrs:
            tag.replace_with(str(tag.attrs.get("alt", "")))
        elif not _TAGS.fullmatch(tag.name):
            tag.unwrap()
    return _COMMAND.sub(rf"\\{WORD_JOINER}", str(soup))


def _may_be(name: str, value: str | list[str]) -> bool:
    if _ATTRIBUTES.fullmatch(name):
        return True
    if name not in _VALUES or isinstance(value, list):
        return False
    beside = name in _BESIDE and re.fullmatch(_BESIDE[name], unquote(value))
    return bool(beside or re.fullmatch(_VALUES[name], value))


@pass_context
def shown(context: Context, text: str) -> str:
    """The filter ``markdown2html`` of nbconvert's templates, letting through what is allowed."""
    try:
        return allowed(rendered(text, context.get("cell", {}).get("attachments", {})))
    except Exception:  # no such attachment; or a parser of regular expressions was broken: no page fails for a text
        return f"<pre>{escape(text)}</pre>"


def coloured(text: str) -> str:
    """The filter ``ansi2html`` of nbconvert's templates, without the colours where there are too many."""
    return ansi2html(text if text.count("\x1b") <= MOST_COLOURS else strip_ansi(text))


def harmless(text: str, attachments: Mapping[str, Any], left: int = LONGEST) -> str:
    """A student's Markdown without what a teacher's browser would run or fetch; whatever is harmless stays.

    Tags are shown as text. Where something else is left that is not :func:`allowed`, links to it are led nowhere, and
    pictures become links; if that was not enough, no link stays one. Of what is longer than ``left`` characters the
    rest is not shown.
    """

    def led_nowhere(link: re.Match) -> str:
        picture, opening, target = link.groups()
        whole = unescape(target)
        if picture and (_may_be("src", whole) or whole.removeprefix("attachment:") in attachments):
            return link[0]
        return opening.replace("[](", "[picture](") + (target if _may_be("href", whole) else "#")

    text = _TAG.sub(f"<{WORD_JOINER}", _COMMAND.sub(rf"\\{WORD_JOINER}", text))
    longest = max(min(LONGEST, left), len(CUT))
    if len(text) > longest:
        text = text[: longest - len(CUT)] + CUT
    without_links = re.sub(r"[]&]", rf"\g<0>{WORD_JOINER}", text)
    for tried in (text, _LINK.sub(led_nowhere, text), without_links):
        if _is_harmless(tried, attachments):
            return tried
    return NEVER_SHOWN


def _is_harmless(text: str, attachments: Mapping[str, Any]) -> bool:
    try:
        html = rendered(text, attachments)
    except Exception:  # as above
        return False
    return allowed(html) == str(BeautifulSoup(html, "html.parser"))
