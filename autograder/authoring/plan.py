"""The plan of the course, in the introduction and in the README: made from ``_toc.yml`` and the pages (``make plan``).

A page says in its front matter which ``question`` it answers, how much ``time`` that takes, which chapters it
``needs``, and which one it ``continues``.
"""

import re
from collections.abc import Iterable
from itertools import zip_longest
from typing import Any

import jupytext

from autograder.authoring.unfolding import UnreadableChapter
from autograder.exercises import chapter_names, load
from autograder.reference import places
from autograder.reference.files import write_whole

HEAD = "| No. | Chapter | The question | Time |\n| --- | --- | --- | --- |\n"


def planned() -> list[str]:
    """The chapters in the order of the book; pages without exercises are none. An installed package has no order."""
    contents = places.PROJECT / "_toc.yml"
    if not contents.is_file():
        return []
    pages = re.findall(r"^ *- file: book/(\w+)$", contents.read_text("utf-8"), re.MULTILINE)
    return [name for name in pages if name in chapter_names()]


def pages_of(chapters: Iterable[str]) -> list[str]:
    """The names of the chapters' pages, in the order of the book."""
    return [path.stem for chapter in chapters for path in places.pages(chapter)]


def chapter_of(page: str) -> str | None:
    """The chapter that a page of the book belongs to, named as Sphinx does it: "book/NAME"; None if to none."""
    name = page.removeprefix("book/")
    chapter = places.continued(name) or name if places.page(name).is_file() else ""
    return chapter if chapter in planned() else None


def number(chapter: str, exercise: str) -> str:
    """The number of an exercise, as "4.2": the chapter's in the plan, and its own in the chapter.

    Of a chapter that is not in the plan, as in an installed package, it is its own alone.
    """
    own = [one.name for one in load(chapter).exercises].index(exercise) + 1
    order = planned()
    return f"{order.index(chapter) + 1}.{own}" if chapter in order else f"{own}"


def chapters_in(env: Any) -> list[str]:
    """The chapters that a book is made of, in its order; ``env`` is Sphinx's."""
    return [name for name in planned() if f"book/{name}" in env.found_docs]


def question(page: str) -> str:
    """What a page answers: the ``question`` in its front matter; UnreadableChapter if there is none."""
    return _said(page, "question", str)


def time(page: str) -> str:
    """How long a page takes, in words: its ``time``."""
    return _said(page, "time", str)


def needs(page: str) -> list[str]:
    """The chapters that come before one: its ``needs``."""
    return _said(page, "needs", list)


def _said(page: str, name: str, kind: type) -> Any:
    """What the front matter of a page says; UnreadableChapter if it does not."""
    front_matter, _, _ = places.page(page).read_text("utf-8").partition("\n---\n")
    said = jupytext.reads(f"{front_matter}\n---\n", fmt="md:myst").metadata.get(name)
    if not isinstance(said, kind):
        raise UnreadableChapter(f'{page}.md: its front matter has no line "{name}: ..."')
    return said


def with_plan(text: str, folder: str = "") -> str:
    """A text with the plan under every table head that asks for it; the pages are linked as ``folder`` has them."""
    rows = [
        f"| {n} | [{places.title(one)}]({folder}{one}.md) | {question(one)} | {time(one).removeprefix('about ')} |\n"
        for number, chapter in enumerate(planned(), 1)
        for one, n in zip_longest(pages_of([chapter]), [number], fillvalue="")
    ]
    return re.sub(re.escape(HEAD) + r"(\|.*\n)*", lambda _: HEAD + "".join(rows), text)


def main() -> None:
    """Write the plan where it stands."""
    for path, folder in ((places.page("introduction"), ""), (places.PROJECT / "README.md", "book/")):
        write_whole(path, with_plan(path.read_text("utf-8"), folder))


if __name__ == "__main__":
    main()
