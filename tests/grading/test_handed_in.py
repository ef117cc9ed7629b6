"""What real editors and students hand in: a class in which everybody knows the answers, and nobody's file is plain."""

import codecs
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbgrader.api import Gradebook

from autograder.authoring.sample_class import CHAPTER, CLASS
from autograder.beside.words import VERDICT, by_grade_id, check_id, said_of
from autograder.exercises import load
from autograder.grading import whole_class
from autograder.grading.course_folder import graded_notebook
from autograder.grading.restoring import LOOK_NEAR

pytestmark = [pytest.mark.slow, pytest.mark.sandbox]
WHOLE = 16
ESSAY = "essay_negative_voltage"
ANSWER = "Rest is the zero of the scale."

Cells = list[dict[str, Any]]


def place(cells: Cells, name: str) -> int:
    return [cell["id"] for cell in cells].index(name)


def imports(text: str) -> Callable[[Cells], None]:
    """Write above the imports of the chapter."""

    def change(cells: Cells) -> None:
        cells[1]["source"] = f"{text}\n{cells[1]['source']}"

    return change


def answer(text: str) -> Callable[[Cells], None]:
    """Write above an answer."""

    def change(cells: Cells) -> None:
        cell = cells[place(cells, "leaky_integrator")]
        cell["source"] = f"{text}\n{cell['source']}"

    return change


def merge(*names: str, into: int = 0, between: str = "\n\n") -> Callable[[Cells], None]:
    """What JupyterLab's Merge Cells does, with one of them selected."""

    def change(cells: Cells) -> None:
        places = [place(cells, name) for name in names]
        merged = cells[places[into]]
        merged["source"] = between.join(cells[at]["source"] for at in places)
        cells[:] = [cell for at, cell in enumerate(cells) if at == places[into] or at not in places]

    return change


def merge_all(cells: Cells) -> None:
    """All code in the first check."""
    code = [cell for cell in cells if cell["cell_type"] == "code" and "figure" not in cell["metadata"].get("tags", [])]
    first = next(cell for cell in code if cell["id"].startswith("check_"))
    first["source"] = "\n".join(cell["source"] for cell in code)
    cells[:] = [cell for cell in cells if cell is first or cell["cell_type"] != "code"]


def lose(*fields: str, of: tuple[str, ...] = ("code", "markdown")) -> Callable[[Cells], None]:
    """What editors leave out."""

    def change(cells: Cells) -> None:
        for cell in cells:
            for field in fields:
                if cell["cell_type"] in of:
                    cell.pop(field, None)

    return change


def essay(change: Callable[[Cells, dict[str, Any]], None]) -> Callable[[Cells], None]:
    """Leave the essay's cell as it was, and do something."""

    def leave(cells: Cells) -> None:
        cell = cells[place(cells, ESSAY)]
        cell["source"] = "YOUR ANSWER HERE"
        change(cells, cell)

    return leave


def text(source: str, kind: str = "markdown") -> dict[str, Any]:
    return {"cell_type": kind, "id": "new", "metadata": {}, "source": source}


def below(*new: dict[str, Any]) -> Callable[[Cells], None]:
    def change(cells: Cells, cell: dict[str, Any]) -> None:
        at = cells.index(cell) + 1
        cells[at:at] = [cell | one for one in new]

    return essay(change)


def helper_in_a_check(cells: Cells) -> None:
    check = cells[place(cells, "check_leaky_integrator")]
    check["source"] = f"import math\ndef one():\n    return 1\n{check['source']}\nprint('done')"
    exact = cells[place(cells, "exact_leaky_integrator")]
    exact["source"] = f"assert one() == 1\n{exact['source']}"


def checks_elsewhere(cells: Cells) -> None:
    for name in ("leaky_integrator", "exact_leaky_integrator"):
        cell = cells[place(cells, name)]
        cell["source"] += f"\ncheck('{name}', {name})\nfor _ in 'ab': check({name}, verbose=True)"


def another_name(*, stub: bool) -> Callable[[Cells], None]:
    """Write a function of one's own name, and hand that to the check."""

    def change(cells: Cells) -> None:
        cell, check = (cells[place(cells, name)] for name in ("leaky_integrator", "check_leaky_integrator"))
        mine = cell["source"].replace("leaky_integrator", "my_integrator")
        cell["source"] = f"{mine}\ndef leaky_integrator(i, tau):\n    raise NotImplementedError()" if stub else mine
        check["source"] = 'check("leaky_integrator", my_integrator)'

    return change


RIGHT: dict[str, Callable[[Cells], None]] = {
    "merged into the check": merge("leaky_integrator", "check_leaky_integrator", into=1),
    "merged from the answer": merge("leaky_integrator", "check_leaky_integrator"),
    "two checks merged": merge("check_input_data", "leaky_integrator", "check_leaky_integrator"),
    "all merged into a check": merge_all,
    "a helper in a check": helper_in_a_check,
    "checks in answers": checks_elsewhere,
    "a name of their own": another_name(stub=False),
    "a name beside the stub": another_name(stub=True),
    "other ends of lines": lambda cells: [cell.update(source=cell["source"].replace("\n", " \r\n")) for cell in cells],
    "no metadata": lose("metadata"),
    "no metadata nor ids": lose("metadata", "id"),
    "no execution counts": lose("execution_count", "outputs"),
    "outputs of a text": lambda cells: cells[0].update(outputs=[{"output_type": "stream", "text": "no name"}]),
    "one id for all": lambda cells: [cell.update(id="same") for cell in cells],  # type: ignore[dict-item]
    "a missing package": imports("import nowhere as no\nfrom tqdm_nowhere import tqdm, trange\nno.set_theme()"),
    "a display": imports("%matplotlib widget\n%config InlineBackend.figure_format = 'retina'\n%nonsense"),
    "the machine": imports("%cd ..\n%pip install x\n!ls\nimport os\nos.chdir('/content/drive')\ninput('ready?')"),
    "timed": answer("%%time"),
    "captured": imports("%%capture"),
    "a program": answer("import subprocess\nv = subprocess.run(['git'], capture_output=True).stdout\nw = v.decode()"),
    "processes": answer("import multiprocessing\npool = multiprocessing.Pool(2)\npool.map(abs, [1])"),
}
ESSAYS: dict[str, tuple[Callable[[Cells], None], str | None]] = {
    "below": (below({"metadata": {}, "id": "new", "source": ANSWER}), LOOK_NEAR),
    "as code": (below(text(f"# {ANSWER}", "code")), LOOK_NEAR),
    "a copy": (below({"id": "new", "source": ANSWER}), ANSWER),
    "a copy without metadata": (lambda cells: (below(text(ANSWER))(cells), lose("metadata")(cells))[0], LOOK_NEAR),
    "at the end": (essay(lambda cells, _: cells.append(text(ANSWER))), LOOK_NEAR),
    "merged with the question": (
        lambda cells: merge(cells[place(cells, ESSAY) - 1]["id"], ESSAY)(cells),
        LOOK_NEAR,
    ),
    "left": (essay(lambda cells, _: None), None),
    "left with other ends of lines": (
        essay(lambda cells, _: [one.update(source=one["source"].replace("\n", " \r\n") + "\r\n") for one in cells]),
        None,
    ),
    "gone": (essay(lambda cells, cell: cells.remove(cell)), None),
}
FILES: dict[str, Callable[[dict[str, Any]], bytes]] = {
    "a byte order mark": lambda notebook: codecs.BOM_UTF8 + json.dumps(notebook).encode(),
    "utf-16": lambda notebook: json.dumps(notebook, ensure_ascii=False).encode("utf-16"),
    "format 4.4 with ids": lambda notebook: json.dumps(notebook | {"nbformat_minor": 4}).encode(),
    "no format": lambda notebook: json.dumps({"cells": notebook["cells"]}).encode(),
    "format 3": lambda notebook: json.dumps(
        {"nbformat": 3, "worksheets": [{"cells": [cell | {"input": cell["source"]} for cell in notebook["cells"]]}]}
    ).encode(),
}
NOT_RIGHT: dict[str, tuple[Callable[[Cells], None], str, str]] = {
    "imports that are not run": (
        imports("raise OSError('no disk')"),
        "exact_leaky_integrator",
        "name 'np' is not defined (in: keep = np.exp(-dt / tau)); the cell that begins \"raise OSError('no disk')\" "
        "failed before: OSError: no disk",
    ),
    "an own cell in its place": (
        lambda cells: cells.__setitem__(
            place(cells, "leaky_integrator"), text("x = 1\n\nleaky integrator = 5", "code")
        ),
        "leaky_integrator",
        "'leaky_integrator' is not defined; the cell that begins \"x = 1\" failed before: SyntaxError:",
    ),
    "a missing package is used": (
        answer("import nowhere as no\n@no.compiled"),
        "leaky_integrator",
        "No module named 'nowhere' (not available where it is graded)",
    ),
}


def handed_in(released: Path, change: Callable[[Cells], None]) -> dict[str, Any]:
    notebook = nbformat.read(released, as_version=4)
    CLASS[0].work_in(notebook)
    found = json.loads(nbformat.writes(notebook))
    for cell in found["cells"]:
        cell["source"] = "".join(cell["source"])
    by_grade_id(found["cells"])[ESSAY]["source"] = ANSWER
    change(found["cells"])
    return found


@pytest.fixture(scope="module")
def course(tmp_path_factory, released_chapter) -> Path:
    """A course in which everybody above has been graded."""
    course = tmp_path_factory.mktemp("handed_in") / "course"
    shutil.copytree(released_chapter, course)
    released = course / "release" / CHAPTER / f"{CHAPTER}.ipynb"
    changes = RIGHT | {name: change for name, (change, *_) in (ESSAYS | NOT_RIGHT).items()}
    files = {name: json.dumps(handed_in(released, change)).encode() for name, change in changes.items()}
    files |= {name: written(handed_in(released, lambda cells: None)) for name, written in FILES.items()}
    for name, data in files.items():
        folder = course / "submitted" / name / CHAPTER
        folder.mkdir(parents=True)
        (folder / f"{CHAPTER}.ipynb").write_bytes(data)
    outcome = whole_class.grade(CHAPTER, course)
    assert not outcome.ungraded
    return course


def graded(course: Path, student: str):
    found = graded_notebook(course, CHAPTER, student)
    assert found is not None
    return by_grade_id(found.cells)


def verdicts(course: Path, student: str) -> dict[str, dict[str, Any]]:
    cells = graded(course, student)
    return {one.name: said_of(cells[check_id(one.name)])[VERDICT] for one in load(CHAPTER).exercises}


@pytest.mark.parametrize("student", [*RIGHT, *FILES, *ESSAYS])
def test_who_is_right_gets_every_point_whatever_an_editor_made_of_it(course, student):
    found = verdicts(course, student)
    said = {name: (one["status"], one["message"]) for name, one in found.items()}
    assert sum(one["points"] for one in found.values()) == WHOLE, said


@pytest.mark.parametrize("student", ESSAYS)
def test_an_essay_is_0_only_if_nothing_was_written(course, student):
    source = ESSAYS[student][1]
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}", "learning_to_spike") as gradebook:
        grade = gradebook.find_grade(ESSAY, CHAPTER, CHAPTER, student)
        assert (grade.needs_manual_grade, grade.auto_score) == ((True, None) if source else (False, 0.0))
    found = graded_notebook(course, CHAPTER, student)
    assert source in (None, by_grade_id(found.cells)[ESSAY].source)
    assert not source or any(ANSWER in cell.source for cell in found.cells)


@pytest.mark.parametrize("student", NOT_RIGHT)
def test_a_verdict_names_what_is_the_cause(course, student):
    _, exercise, says = NOT_RIGHT[student]
    found = verdicts(course, student)[exercise]
    assert says in found["message"] and found["points"] == 0
