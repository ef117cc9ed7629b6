"""Pairs that are nearly the same: found whatever the names are, and not made of what everybody has."""

import nbformat
import pytest
from dangers import Dangers
from nbformat.v4 import new_code_cell, new_notebook

from autograder.authoring.sample_class import CHAPTER
from autograder.beside.words import FINGERPRINT, OURS
from autograder.exercises import load
from autograder.grading.course_folder import graded_file
from autograder.grading.report import Row, as_page
from autograder.grading.report.similar import LONGEST, MOST_SHOWN, compared, own_code

ANN = """
def leaky_integrator(currents, tau):
    voltage, voltages = np.zeros_like(currents[0], dtype=float), []
    for step, current in enumerate(currents):
        if step % 7 == 3:
            voltage = voltage * (1 - 1 / tau) + current / tau
        else:
            voltage += (current - voltage) / tau
        voltages.append(voltage.copy())
    return np.stack(voltages, axis=0)
"""
BOB = """
def leaky_integrator(x, k):
    # my own work
    a, b = np.zeros_like(x[0], dtype = float), []

    for n, i in enumerate( x ):
        if n % 7 == 3:
            a = a*(1 - 1/k) + i/k
        else:
            a += (i - a)/k
        b.append(a.copy())
    return np.stack(b, axis = 0)
"""
CAT = """
def leaky_integrator(input_data, tau):
    from scipy.signal import lfilter
    rows = np.asarray(input_data, dtype=np.float64).reshape(len(input_data), -1)
    decay = np.exp(np.log1p(-1.0 / tau)) if tau > 1 else 0.0
    answer = lfilter([1 / tau], [1, -decay], rows, axis=0)
    assert answer.shape == rows.shape, (answer.shape, rows.shape)
    return answer.reshape(np.shape(input_data)) if not any(map(np.isnan, answer.flat)) else None
"""


def test_a_copy_with_other_names_spaces_and_comments_is_found_and_marked():
    found = compared({"ann": ANN, "bob": BOB, "cat": CAT}, "")
    [pair] = found.shown
    assert pair.students == ("ann", "bob") and min(pair.shares) > 0.95 and pair.tokens > 100
    for code, pieces in zip((ANN, BOB), pair.sides, strict=True):
        assert "".join(text for text, _ in pieces) == code
        assert sum(len(text) for text, is_shared in pieces if is_shared) > 0.9 * len(code.strip())


def test_what_was_released_is_left_out():
    assert compared({"ann": ANN, "bob": BOB}, ANN).count == 0


def test_what_many_wrote_alike_says_nothing():
    assert compared({f"s{n}": ANN for n in range(11)}, "").count == 0
    found = compared({"ann": ANN, "bob": BOB} | {f"s{n}": CAT for n in range(40)}, "")
    assert [pair.students for pair in found.shown] == [("ann", "bob")]


def test_short_answers_are_alike_in_everybody_and_are_no_pair():
    short = "def leaky_integrator(i, tau):\n    return [v := 0] + [v := v + (x - v) / tau for x in i]\n"
    assert compared({"ann": short, "bob": short}, "").count == 0


def test_a_large_class_of_copies_is_bounded_on_the_page():
    lines = [f"x{n} = [{n} * k + {n % 7} for k in range({n})] if y > {n} else f({n})" for n in range(40)]
    codes = {f"s{n}": "\n".join(lines[n // 3 :: 5] * 2 + [ANN.replace("7", str(n // 3))]) for n in range(60)}
    found = compared(codes, "")
    assert found.count > MOST_SHOWN == len(found.shown)


@pytest.mark.parametrize(
    "text",
    ["", "x", "\0" * 300, "\ud800" * 300, "'''" * 300, "(" * 3000, "\\" * 3000, 'f"{' * 900, "def " * 900],
)
def test_whatever_a_student_wrote_costs_only_itself(text):
    found = compared({"ann": ANN, "eve": text, "bob": BOB}, "")
    assert found.shown[0].students == ("ann", "bob")


def test_what_is_too_long_is_not_compared_and_said():
    found = compared({"ann": ANN, "bob": BOB, "eve": "x = 1\n" * LONGEST}, "")
    assert found.count == 1 and found.left_out == {"eve": f"more than {LONGEST} characters"}


def test_compared_is_what_is_not_as_it_was_released():
    cells = [new_code_cell(source) for source in ("import numpy", "def f():\n\n\n    return 1   \n", "import os")]
    assert own_code(new_notebook(cells=cells), {"import numpy"}) == "def f():\n    return 1\nimport os"


def test_a_pair_stands_side_by_side_and_no_code_becomes_part_of_the_page(released_chapter, tmp_path):
    course = tmp_path / "course"
    (course / "release").mkdir(parents=True)
    (course / "release" / CHAPTER).symlink_to(released_chapter / "release" / CHAPTER)
    hostile = ANN + 'page = """</pre></details><script>alert(1)</script><img src=x onerror=alert(1)>"""\n'
    for student in ("ann", "<b>bob"):
        file = graded_file(course, CHAPTER, student)
        file.parent.mkdir(parents=True)
        notebook = new_notebook(cells=[new_code_cell(hostile)], metadata={OURS: {FINGERPRINT: "x"}})
        nbformat.write(notebook, file)
    chapter = load(CHAPTER)
    rows = [Row(one, each.name, "wrong", 0, each.points) for one in ("ann", "<b>bob") for each in chapter.exercises]
    page = as_page(chapter, rows, course)
    assert "<summary>ann and &lt;b&gt;bob share" in page and "reason to look, and no proof" in page
    assert page.count("<mark>") >= 2 and page.count("<pre>") == page.count("</pre>") == 2
    assert not Dangers.of(page) and "<script>" not in page and "<img" not in page
