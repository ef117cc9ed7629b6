"""Each exercise has one worked example: numbers that its reference confirms, and no solution."""

import ast
import doctest
import re

import jupytext
import numpy as np
import pytest

from autograder.exercises import chapter_names, load
from autograder.reference import places

FOLD = re.compile(r"<details><summary>(Worked example: [^<]+)</summary>\n\n(.+?)\n\n</details>", re.S)


def before_each_exercise(chapter: str) -> list[tuple[str, str]]:
    """The text between an exercise and the cell before it, with the name that the exercise asks for."""
    cells = jupytext.read(places.PROJECT / "book" / f"{chapter}.md").cells
    return [
        ("\n\n".join(text.source for text in between(cells[:n])), cell.source.split()[-1])
        for n, cell in enumerate(cells)
        if "exercise" in cell.metadata.get("tags", ())
    ]


def between(cells):
    last = max((n for n, cell in enumerate(cells) if cell.cell_type == "code"), default=-1)
    return cells[last + 1 :]


EXERCISES = [(chapter, name, text) for chapter in chapter_names() for text, name in before_each_exercise(chapter)]


@pytest.mark.parametrize(("chapter", "name", "text"), EXERCISES, ids=lambda value: value if "\n" not in value else "")
def test_an_exercise_has_a_worked_example_after_its_hints_whose_numbers_are_the_references(chapter, name, text):
    [(title, example)] = FOLD.findall(text)
    assert text.rstrip().endswith("</details>") and "Hint" not in text.split(title)[1], "it comes last"
    assert 40 <= len(re.sub(r"```.*?```", "", example, flags=re.S).split()) <= 170, "short enough to be read"
    known = {one.name: one.reference for one in load(chapter).exercises} | {"np": np}
    shown = "\n".join(re.findall(r"```python\n(.*?)```", example, re.S))
    asked = doctest.DocTestParser().get_doctest(shown, known, f"{chapter}: {name}", None, None)
    said = []
    doctest.DocTestRunner(verbose=False).run(asked, out=said.append)
    assert asked.examples and not said, "".join(said)
    if load(chapter).exercise(name).in_page is not None:
        assert any(re.search(rf"\b{name}\b", one.source) for one in asked.examples), "it shows what is asked for"
    for one in asked.examples:
        own = (ast.FunctionDef, ast.Lambda, ast.For, ast.While, ast.comprehension)
        assert not [node for node in ast.walk(ast.parse(one.source)) if isinstance(node, own)], "no solution"


def test_the_titles_of_a_page_tell_its_worked_examples_apart():
    titles = [(chapter, title) for chapter, _, text in EXERCISES for title, _ in FOLD.findall(text)]
    assert len(set(titles)) == len(titles) == len(EXERCISES)
