"""What lies beside a notebook, and what its reader is told to install: what it imports, no more and no less."""

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from autograder.authoring.notebook import solved_notebook
from autograder.authoring.release import ALWAYS, ON_REQUEST, files_beside, packages_for
from autograder.beside.kit import PACKAGE
from autograder.beside.words import HANDED_OUT, said_of
from autograder.exercises import chapter_names
from autograder.reference import places


def notebook(*sources: str):
    return new_notebook(cells=[new_markdown_cell("import torch"), *map(new_code_cell, sources)])


def names(*sources: str) -> list[str]:
    return list(files_beside(notebook(*sources)))


def test_the_modules_that_a_notebook_imports_lie_beside_it_and_no_others():
    assert names("import numpy as np\nfrom figures import slider") == ["figures.py"]
    assert names("import json") == []


def test_what_those_modules_import_lies_there_too(monkeypatch, tmp_path):
    (tmp_path / "first.py").write_text("def f():\n    from second import g")
    (tmp_path / "second.py").write_text("import first, numba")
    monkeypatch.setattr(places, "BOOK", tmp_path)
    assert names("import first") == ["first.py", "second.py"]
    assert "numba" in packages_for(notebook("import first"))


def test_brian2_comes_by_the_module_that_quiets_it_and_with_an_older_numpy():
    source = "from solutions.models.brian import brian2 as b2\nimport numpy as np"
    assert names(source) == ["solutions/models/__init__.py", "solutions/models/brian.py"]
    assert packages_for(notebook(source))[-2:] == ["brian2", '"numpy<2.4"']


def test_packages_are_called_what_pip_calls_them():
    assert "scikit-learn" in packages_for(notebook("from sklearn.datasets import load_digits"))


def test_what_python_brings_and_what_lies_beside_need_no_installing():
    source = "import json\nfrom figures import slider\nfrom autograder.beside.check import check"
    assert packages_for(notebook(source)) == list(ALWAYS)


def test_what_only_some_need_is_not_asked_of_all():
    found = packages_for(notebook("from solutions.models.time_surfaces.spoken_digits import heidelberg"))
    assert not ON_REQUEST & set(found)


def test_the_student_s_own_earlier_code_is_fetched_by_a_module_that_is_there():
    cells = solved_notebook("time_surfaces").cells
    handed_out = [text for cell in cells if (text := said_of(cell).get(HANDED_OUT))]
    assert handed_out and all("from autograder.beside.earlier import fetch" in text for text in handed_out)
    assert (PACKAGE / "beside" / "earlier.py").is_file()


@pytest.mark.parametrize("chapter", chapter_names())
def test_every_chapter_draws_in_the_style_of_the_house(chapter):
    assert "figures.py" in files_beside(solved_notebook(chapter))


@pytest.mark.parametrize("chapter", chapter_names())
def test_what_is_only_for_the_page_is_in_no_notebook(chapter):
    notebook = solved_notebook(chapter)
    assert not [cell.source for cell in notebook.cells if "explorable(" in cell.source]
    assert "explorables.py" not in files_beside(notebook)
