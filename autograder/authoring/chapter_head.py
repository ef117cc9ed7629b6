"""What stands under a chapter's title: how long it takes, what comes before it, and its folder to take home.

A Sphinx extension. The folder is the one that a course hands out (:func:`autograder.authoring.release.student_zip`); it
is made with the book, beside the pages.
"""

from pathlib import Path
from typing import Any

from docutils import nodes

from autograder.authoring import plan
from autograder.authoring.release import student_zip
from autograder.reference import places
from autograder.reference.files import write_whole

FOLDER = "students"


def setup(app: Any) -> dict[str, bool]:
    """Where Sphinx takes the extension in."""
    app.connect("env-updated", _make_folders)
    app.connect("doctree-resolved", _say)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def _make_folders(app: Any, env: Any) -> None:
    """Before the pages, which say how large a folder is."""
    if app.builder.format == "html":
        for chapter in plan.chapters_in(env):
            write_whole(_zip(app, chapter), student_zip(chapter))


def _zip(app: Any, chapter: str) -> Path:
    return Path(app.outdir) / FOLDER / f"{chapter}.zip"


def _say(app: Any, doctree: nodes.document, docname: str) -> None:
    chapter = plan.chapter_of(docname)
    if app.builder.format == "html" and chapter:
        size = _zip(app, chapter).stat().st_size
        title = next(iter(doctree.findall(nodes.title)))
        line = _line(docname.removeprefix("book/"), chapter, round(size / 1000))
        title.parent.insert(title.parent.index(title) + 1, line)


def _line(page: str, chapter: str, kilobytes: int) -> nodes.paragraph:
    time, before = plan.time(page), plan.needs(page)
    line = nodes.paragraph("", f"{time[0].upper()}{time[1:]}. ", classes=["chapter-head"])
    if page != chapter:
        line += nodes.Text("It goes on with ")
    else:
        line += nodes.Text("It builds on " if before else "It builds on no other chapter")
    for number, one in enumerate(before, 1):
        line += _link(places.title(one), f"{one}.html")
        line += nodes.Text("" if number == len(before) else " and " if number == len(before) - 1 else ", ")
    line += nodes.Text(". To work on your own machine: ")
    line += _link(f"{chapter}.zip", f"../{FOLDER}/{chapter}.zip")
    whole = "of both pages " if len(places.pages(chapter)) > 1 else ""
    line += nodes.Text(f" ({kilobytes} kB), the notebook {whole}with all that it needs.")
    return line


def _link(text: str, place: str) -> nodes.reference:
    return nodes.reference("", text, internal=True, refuri=place)
