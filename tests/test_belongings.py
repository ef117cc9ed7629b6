"""What lies beside a notebook, and what its reader is told to install: what it imports, no more and no less."""

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from autograder import belongings
from autograder.chapters import solved_notebook
from autograder.exercises import chapter_names


def notebook(*sources: str):
    return new_notebook(cells=[new_markdown_cell("import torch"), *map(new_code_cell, sources)])


def names(*sources: str) -> list[str]:
    return list(belongings.files(notebook(*sources)))


def test_the_modules_that_a_notebook_imports_lie_beside_it_and_no_others():
    assert names("import numpy as np\nfrom figures import slider") == ["figures.py"]
    assert names("import json") == []


def test_what_those_modules_import_lies_there_too(monkeypatch, tmp_path):
    (tmp_path / "first.py").write_text("def f():\n    from second import g")
    (tmp_path / "second.py").write_text("import first, numba")
    monkeypatch.setattr(belongings, "BOOK", tmp_path)
    assert names("import first") == ["first.py", "second.py"]
    assert "numba" in belongings.packages(notebook("import first"))


def test_brian2_comes_by_the_module_that_quiets_it_and_with_an_older_numpy():
    source = "from solutions.models.brian import brian2 as b2\nimport numpy as np"
    assert names(source) == ["solutions/models/__init__.py", "solutions/models/brian.py"]
    assert belongings.packages(notebook(source))[-2:] == ["brian2", '"numpy<2.4"']


def test_packages_are_called_what_pip_calls_them():
    assert "scikit-learn" in belongings.packages(notebook("from sklearn.datasets import load_digits"))


def test_what_python_brings_and_what_lies_beside_need_no_installing():
    source = "import json\nfrom figures import slider\nfrom autograder.check import check"
    assert belongings.packages(notebook(source)) == list(belongings.ALWAYS)


def test_what_only_some_need_is_not_asked_of_all():
    found = belongings.packages(notebook("from solutions.models.time_surfaces.spoken_digits import heidelberg"))
    assert not belongings.ON_REQUEST & set(found)


def test_the_student_s_own_earlier_code_is_fetched_by_a_module_that_is_there():
    assert "earlier.py" in belongings.files(solved_notebook("time_surfaces"))


@pytest.mark.parametrize("chapter", chapter_names())
def test_every_chapter_draws_in_the_style_of_the_house(chapter):
    assert "figures.py" in belongings.files(solved_notebook(chapter))
