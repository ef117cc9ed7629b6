"""The runner in the sandbox: it hands over answers whatever a notebook has made of its own names, and nothing else."""

import pytest
from in_room import run as run_in_room
from nbformat.v4 import new_code_cell, new_notebook

from autograder.beside.words import ANSWER_MIME
from autograder.exercises import load
from autograder.grading import judge

pytestmark = pytest.mark.sandbox

CHAPTER = load("leaky_integrator")
SEED = "a secret seed"
RIGHT = """
def leaky_integrator(input_data, tau):
    v, voltages = 0, []
    for i in input_data:
        v = v + (i - v) / tau
        voltages.append(v)
    return voltages
"""


def run(*sources: str, checks: tuple[str, ...] = ("leaky_integrator",)):
    cells = [new_code_cell("import numpy as np"), *map(new_code_cell, sources)]
    for name in checks:
        grade_id = {"nbgrader": {"grade_id": f"check_{name}"}}
        cells.append(new_code_cell(f'check("{name}", {name})', metadata=grade_id))
    return run_in_room(new_notebook(cells=cells), judge.challenge(CHAPTER, SEED))


def points(notebook, name: str = "leaky_integrator") -> float:
    exercise = CHAPTER.exercise(name)
    return judge.judge(exercise, SEED, judge.answers_in(notebook, exercise)).points


def texts(notebook) -> str:
    return "".join(str(output.get("text", "")) for cell in notebook.cells for output in cell.outputs)


def test_it_hands_over_one_answer_to_each_question_and_says_nothing():
    check_cell = run(RIGHT).cells[-1]
    assert [set(output.data) for output in check_cell.outputs] == [{ANSWER_MIME}] * len(check_cell.outputs)
    given = [output.data[ANSWER_MIME]["case"] for output in check_cell.outputs]
    assert given == list(range(len(judge.challenge(CHAPTER, SEED)["leaky_integrator"]["cases"])))


def test_a_stub_is_handed_over_as_not_implemented():
    outputs = run("input_data = ...", checks=("input_data",)).cells[-1].outputs
    assert {output.data[ANSWER_MIME]["raised"] for output in outputs} == {"NotImplementedError"}


@pytest.mark.parametrize(
    "spoiled",
    [
        "def check(*arguments): pass",
        "import sys; sys.stdout = sys.stderr = None",
        "import os; os.environ.clear()",
        "import json; json.dumps = json.loads = None",
        "import builtins; builtins.compile = builtins.exec = builtins.print = None",
        "get_ipython().run_cell = lambda *a, **k: None",
        "import IPython.display; IPython.display.display = None",
        "import autograder.beside.check as ours; ours.check = ours.answer = None",
        "import sys; sys.exit(0)",
        "raise SystemExit",
        "import ast\nget_ipython().ast_transformers.append(None)",
    ],
)
def test_a_notebook_that_spoils_the_check_for_itself_still_gets_its_points(spoiled):
    assert points(run(RIGHT, spoiled)) == 8


@pytest.mark.parametrize("line", ["!pip install numpy", "%pip install torch", "files = !ls", "!ls -l"])
def test_a_line_for_the_shell_is_not_run_and_stops_nothing(line):
    outcome = run(f"{line}\n{RIGHT}")
    assert points(outcome) == 8
    assert "not run when graded" in texts(outcome)


def test_an_exit_inside_a_function_is_an_answer_like_any_error():
    outcome = run("def leaky_integrator(input_data, tau):\n    raise SystemExit(3)")
    found = judge.answers_in(outcome, CHAPTER.exercise("leaky_integrator"))
    assert {given["raised"] for given in found.cases.values()} == {"SystemExit"}


def test_pictures_are_kept_and_html_is_not():
    draw = "import matplotlib.pyplot as plt\nplt.plot([1, 2])\nplt.show()"
    html = "from IPython.display import HTML, Javascript, display\ndisplay(HTML('<b>x</b>'), Javascript('alert(1)'))"
    kinds = [set(output.get("data", {})) for cell in run(draw, html, checks=()).cells for output in cell.outputs]
    assert any("image/png" in kind for kind in kinds)
    assert not any(kind & {"text/html", "application/javascript"} for kind in kinds)


def test_printing_on_is_cut_short_in_what_is_kept():
    kept = texts(run("for n in range(30_000): print('spike', n)", checks=()))
    assert "left out" in kept and len(kept) < 300_000


def test_a_cell_that_breaks_python_costs_the_exercises_after_it_nothing():
    broken = "import json, autograder.probes as p\njson.dumps = json.JSONEncoder.encode = p.named = None"
    outcome = run(broken, "import builtins; builtins.compile = None", RIGHT, "get_ipython().run_cell = None")
    assert points(outcome) == 8


def test_what_a_cell_adds_to_python_stays():
    assert "a note" in texts(run("import builtins; builtins.note = 'a note'", "print(note)", checks=()))
