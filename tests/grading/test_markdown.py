"""A student's text in a teacher's browser: nothing runs, nothing is fetched, and it reads as it was written."""

import re
import time
from html.parser import HTMLParser

import pytest
from bs4 import BeautifulSoup
from corpus.texts import ATTACHED, HOSTILE_TEXTS, LONG_TEXTS, PIXEL, PLAIN_TEXTS
from hypothesis import given, settings
from hypothesis import strategies as st
from nbconvert.exporters import HTMLExporter
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from traitlets.config import Config

from autograder.course import configure
from autograder.exercises import load
from autograder.grading import report
from autograder.grading.feedback import with_mathml
from autograder.grading.markdown import CUT, MOST_TEXT, WORD_JOINER, allowed, coloured, harmless
from autograder.grading.restoring import restored

TAGS = re.compile(
    "a|blockquote|br|code|d[dlt]|del|details|div|em|h[1-6]|hr|img|input|li|ol|p|pre|span|strong|table|tbody|td|th|thead"
    "|tr|ul|m(ath|row|i|n|o|text|space|frac|sub|sup|subsup|over|style)"
)
PLACE = r"[\w-][\w/-]*\.(png|svg|txt|jpe?g)"
VALUES = {
    "href": rf"https?://[\w.-]+\.\w+(/\S*)?|mailto:[\w@.]+|#\S*|{PLACE}",
    "src": rf"data:image/(png|svg\+xml);base64,.*|{PLACE}",
    "style": "text-align: ?(left|right|center)",
}


class Seen(HTMLParser):
    """What a parser that is not ours finds in a page and a browser would run, fetch or follow."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.bad: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.bad += [tag] * (not TAGS.fullmatch(tag))
        self.bad += [f"{tag} {name}={value}" for name, value in attrs if re.match("on|id|name|xlink", name)]
        self.bad += [
            f"{tag} {name}={value}"
            for name, value in attrs
            if not re.fullmatch(VALUES.get(name, "(?s).*"), value or "")
        ]

    handle_startendtag = handle_starttag

    def handle_data(self, data):
        self.bad += re.findall(r"\\(?:href|style|class|cssId|unicode|def|let|newcommand)(?![a-zA-Z])", data)

    def handle_comment(self, data):
        self.bad.append(data)

    handle_decl = handle_pi = unknown_decl = handle_comment


def texts_in(page: str) -> str:
    found = BeautifulSoup(page, "html.parser").select(".text_cell_render")
    return "".join(one.decode_contents() for one in found)


def plain_exporter() -> HTMLExporter:
    """nbconvert as anybody has it, that knows nothing of this course."""
    return HTMLExporter(template_name="classic", exclude_anchor_links=True)


def course_exporter(folder) -> HTMLExporter:
    """nbconvert as the course's formgrader and feedback have it."""
    config = Config()
    configure(config, folder)
    return HTMLExporter(config=config, template_name="classic")


def page_of(exporter: HTMLExporter, texts) -> str:
    cells = [new_markdown_cell(text, attachments=ATTACHED) for text in texts]
    return exporter.from_notebook_node(new_notebook(cells=cells))[0]


def test_what_is_stored_is_harmless_to_any_nbconvert():
    exporter, context = plain_exporter(), {"cell": {"attachments": ATTACHED}}
    found = {text: Seen(exporter.markdown2html(context, harmless(text, ATTACHED))).bad for text in HOSTILE_TEXTS}
    assert not {text: bad for text, bad in found.items() if bad}


def test_what_is_shown_is_harmless_whatever_is_stored(tmp_path):
    assert not Seen(texts_in(page_of(course_exporter(tmp_path), HOSTILE_TEXTS))).bad


def test_a_formula_made_mathml_brings_no_tag_back(tmp_path):
    texts = [with_mathml(harmless(text, ATTACHED)) for text in HOSTILE_TEXTS]
    assert not Seen(texts_in(page_of(course_exporter(tmp_path), texts))).bad


PIECES = st.sampled_from(
    [*"[]()<>!:&;\\`$\"'#*_|-\n\t ", "javascript", "data", "text/html,", "//", "..", "https:", "x", "[r]: ", "](", "![",
     "colon", "Tab", "58", "attachment:", "membrane.png", "<script>", "<!--", "-->", "<a href=", "href", "\n\n", "> ",
     "$$", "\\begin{a}", "\\end{a}", "\\text{", "}", "files/", "```", "&#x3a;", "\\\\(", "\\\\)"]
)  # fmt: skip


@settings(max_examples=300)
@given(pieces=st.lists(PIECES, max_size=25))
def test_no_mixture_of_signs_is_more_than_text(pieces):
    text = "".join(pieces)
    stored = harmless(text, ATTACHED)
    page = plain_exporter().markdown2html({"cell": {"attachments": ATTACHED}}, stored)
    assert allowed(page) == str(BeautifulSoup(page, "html.parser"))
    assert not Seen(page).bad
    assert harmless(stored, ATTACHED) == stored


@pytest.mark.parametrize("text", PLAIN_TEXTS)
def test_what_a_right_student_wrote_reads_as_before(text, tmp_path):
    stored = harmless(text, ATTACHED)
    assert stored.replace(WORD_JOINER, "") == text
    before = texts_in(page_of(plain_exporter(), [text]))
    for exporter in (plain_exporter(), course_exporter(tmp_path)):
        assert texts_in(page_of(exporter, [stored])).replace(WORD_JOINER, "") == before


def test_a_picture_that_was_not_handed_in_is_named_and_the_others_stay():
    stored = harmless(
        "![](attachment:nope.png) ![the plot](attachment:gone.png) ![v](attachment:membrane.png)", ATTACHED
    )
    assert stored == "[picture](#) [the plot](#) ![v](attachment:membrane.png)"


def test_a_picture_from_elsewhere_is_a_link_to_it():
    assert harmless("![v](https://example.org/v.png)", {}) == "[v](https://example.org/v.png)"


@pytest.mark.parametrize("text", [text for text in LONG_TEXTS.values()], ids=[repr(text) for text in LONG_TEXTS])
def test_no_text_takes_longer_than_a_second_or_two(text, tmp_path):
    def seconds(work) -> float:
        start = time.process_time()
        work()
        return time.process_time() - start

    assert seconds(lambda: harmless(text, {})) < 2
    stored = harmless(text, {})
    assert stored.endswith(CUT) and len(stored) < 9000
    assert seconds(lambda: page_of(course_exporter(tmp_path), [with_mathml(stored)])) < 2


def test_all_texts_of_a_notebook_have_an_end():
    cells = [new_markdown_cell("a word " * 300, id=f"cell-{number}") for number in range(1000)]
    whole = restored(new_notebook(cells=cells), new_notebook(cells=[]))
    assert whole.cells[0].source == "a word " * 300
    assert sum(len(cell.source) for cell in whole.cells) < MOST_TEXT + 1000 * len(CUT)
    assert restored(whole, new_notebook(cells=[])) == whole


def test_outputs_are_text_and_their_colours_have_an_end(tmp_path):
    many = "\x1b[31m<script>\x1b[0m" * 100_000
    start = time.process_time()
    assert coloured(many) == "&lt;script&gt;" * 100_000
    assert time.process_time() - start < 1
    hostile = "\x1b[38;2;1;2;3m</pre><script>window.ran=1</script>\x1b[999999999999m\x1b[38;5;x\x1b]8;;javascript:x\x07"
    outputs = [
        new_output("stream", text=hostile),
        new_output("error", ename=hostile, evalue=hostile, traceback=[hostile]),
        new_output("display_data", {"text/plain": hostile}),
        new_output("display_data", {"image/png": f'{PIXEL}"><script>window.ran=1</script>'}),
    ]
    page, _ = course_exporter(tmp_path).from_notebook_node(
        new_notebook(cells=[new_code_cell(hostile, outputs=outputs)])
    )
    assert "<script>window.ran" not in page and 'style="color: rgb(1,2,3)"' in page


def test_the_report_runs_no_script(tmp_path):
    row = report.Row("<script>x</script>", "leaky_integrator", "raised", 0, 8, message="<img src=x onerror=x>")
    chapter = load("leaky_integrator")
    rest = [report.Row(row.student, one.name, "wrong", 0, 1) for one in chapter.exercises if one.name != row.exercise]
    rest += [report.Row(row.student, f"essay_{one.name}", "wrong", 0, 1) for one in chapter.essays]
    page = report.as_page(chapter, [row, *rest], tmp_path)
    policy = BeautifulSoup(page, "html.parser").find("meta", {"http-equiv": "Content-Security-Policy"})
    assert "default-src 'none'" in policy["content"] and "script" not in policy["content"]
    assert not BeautifulSoup(page, "html.parser").find_all(["script", "img"])
