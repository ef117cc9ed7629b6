"""Every model whole: it is imported from ``solutions`` alone, and does what its docstring shows."""

import doctest
import subprocess
import sys

import pytest

import solutions

pytestmark = pytest.mark.slow

every_model = pytest.mark.parametrize("name", solutions.MODELS)


@every_model
def test_the_example_in_its_docstring_gives_what_it_says(name):
    model = getattr(solutions, name)
    [example] = [one for one in doctest.DocTestFinder(recurse=False).find(model, name, globs={}) if one.examples]
    runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE)
    said = []
    runner.run(example, out=said.append)
    assert not said, "".join(said)


@every_model
def test_it_needs_nothing_but_the_package(name, tmp_path):
    done = subprocess.run(
        [sys.executable, "-c", f"from solutions import {name}; print({name}.__doc__)"],
        cwd=tmp_path, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert ">>> " in done.stdout


def test_a_model_that_there_is_not_is_said_to_be_none():
    with pytest.raises(AttributeError, match="no model 'Perceptron'"):
        _ = solutions.Perceptron
