"""The plan of the course, in the introduction and in the README: made from ``_toc.yml`` and the pages (``make plan``).

A page says in its front matter which ``question`` it answers, how much ``time`` that takes, and which chapters
it ``needs``.
"""

import re
from typing import Any

import jupytext

from autograder.authoring.unfolding import UnreadableChapter
from autograder.exercises import chapter_names
from autograder.reference import places
from autograder.reference.files import write_whole

HEAD = "| No. | Chapter | The question | Time |\n| --- | --- | --- | --- |\n"


def planned() -> list[str]:
    """The chapters in the order of the book; pages without exercises are none."""
    pages = re.findall(r"^ *- file: book/(\w+)$", (places.PROJECT / "_toc.yml").read_text("utf-8"), re.MULTILINE)
    return [name for name in pages if name in chapter_names()]


def chapter_of(page: str) -> str | None:
    """The chapter that a page of the book is, named as Sphinx does it: "book/NAME"; None if it is none."""
    name = page.removeprefix("book/")
    return name if name in planned() else None


def chapters_in(env: Any) -> list[str]:
    """The chapters that a book is made of, in its order; ``env`` is Sphinx's."""
    return [name for name in planned() if f"book/{name}" in env.found_docs]


def question(chapter: str) -> str:
    """What a chapter answers: the ``question`` in its page's front matter; UnreadableChapter if there is none."""
    return _said(chapter, "question", str)


def time(chapter: str) -> str:
    """How long a chapter takes, in words: its ``time``."""
    return _said(chapter, "time", str)


def needs(chapter: str) -> list[str]:
    """The chapters that come before one: its ``needs``."""
    return _said(chapter, "needs", list)


def _said(chapter: str, name: str, kind: type) -> Any:
    """What the front matter of a chapter's page says; UnreadableChapter if it does not."""
    front_matter, _, _ = places.page(chapter).read_text("utf-8").partition("\n---\n")
    said = jupytext.reads(f"{front_matter}\n---\n", fmt="md:myst").metadata.get(name)
    if not isinstance(said, kind):
        raise UnreadableChapter(f'{chapter}.md: its front matter has no line "{name}: ..."')
    return said


def with_plan(text: str, folder: str = "") -> str:
    """A text with the plan under every table head that asks for it; the pages are linked as ``folder`` has them."""
    rows = [
        f"| {n} | [{places.title(one)}]({folder}{one}.md) | {question(one)} | {time(one).removeprefix('about ')} |\n"
        for n, one in enumerate(planned(), 1)
    ]
    return re.sub(re.escape(HEAD) + r"(\|.*\n)*", lambda _: HEAD + "".join(rows), text)


def main() -> None:
    """Write the plan where it stands."""
    for path, folder in ((places.page("introduction"), ""), (places.PROJECT / "README.md", "book/")):
        write_whole(path, with_plan(path.read_text("utf-8"), folder))


if __name__ == "__main__":
    main()
