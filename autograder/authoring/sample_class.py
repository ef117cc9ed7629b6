"""A class of made-up students who hand in the first chapter: the right, the wrong, the unlucky and the hostile."""

from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass, field
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from autograder.beside.words import by_grade_id, grade_id
from autograder.reference.files import write_whole

CHAPTER = "leaky_integrator"

_RIGHT = {
    "input_data": "input_data = [1] * 1000",
    "leaky_integrator": """
def leaky_integrator(input_data, tau):
    v = 0
    voltages = []
    for current in input_data:
        v = v + (current - v) / tau
        voltages.append(v)
    return voltages
""",
    "exact_leaky_integrator": """
def exact_leaky_integrator(input_data, tau, dt):
    keep = np.exp(-dt / tau)
    v = 0
    voltages = []
    for current in input_data:
        v = current * (1 - keep) + v * keep
        voltages.append(v)
    return voltages
""",
    "essay_negative_voltage": "Zero is only where the membrane rests. The leak pulls towards rest from both sides.",
}

_WITH_NUMPY = {
    "input_data": "input_data = np.ones((1, 1200))",
    "leaky_integrator": """
def leaky_integrator(input_data, tau):
    x = np.asarray(input_data, dtype=np.float32)
    n = np.arange(len(x))
    kernel = np.where(n[:, None] >= n, (1 - 1 / tau) ** np.clip(n[:, None] - n, 0, None) / tau, 0)
    return kernel @ x
""",
    "exact_leaky_integrator": """
def exact_leaky_integrator(input_data, tau, dt):
    return leaky_integrator(input_data, 1 / (1 - np.exp(-dt / tau)))
""",
}

_WITH_TORCH = {
    "input_data": "import torch\ninput_data = torch.ones(1000)",
    "leaky_integrator": """
def leaky_integrator(input_data, tau):
    x = torch.as_tensor(np.array(input_data), dtype=torch.float32)
    v = torch.zeros(x.shape[1:])
    rows = []
    for row in x:
        v = torch.lerp(v, row, 1 / tau)
        rows.append(v)
    return torch.stack(rows)
""",
    "exact_leaky_integrator": """
def exact_leaky_integrator(input_data, tau, dt):
    x = torch.as_tensor(np.array(input_data), dtype=torch.float64)
    v, rows = torch.zeros(x.shape[1:], dtype=torch.float64), []
    for row in x:
        v = row + (v - row) * torch.exp(torch.tensor(-dt / tau))
        rows.append(v)
    return torch.stack(rows)
""",
}


def _leaky(body: str) -> dict[str, str]:
    return {"leaky_integrator": f"def leaky_integrator(input_data, tau):\n    {body}\n"}


def _loop(step: str) -> dict[str, str]:
    return {"leaky_integrator": _RIGHT["leaky_integrator"].replace("v = v + (current - v) / tau", step)}


_LATE = "    voltages.append(v)\n        v = v + (current - v) / tau\n"
_IN_TIME = "    v = v + (current - v) / tau\n        voltages.append(v)\n"

_STUBBORN = """while True:
        try:
            while True:
                pass
        except BaseException:
            continue"""

_PATCHES = """
import numpy, builtins, math
import autograder.beside.check, autograder.beside.compare, autograder.beside.verdict
numpy.isclose = numpy.allclose = numpy.array_equal = lambda *a, **k: True
autograder.beside.compare.difference = autograder.beside.verdict.difference = lambda *a: None
autograder.beside.check.check = autograder.beside.check.verdict = lambda *a, **k: print("8 of 8 points")
math.isfinite = lambda x: True
def check(*arguments):
    print("passed")
check.__name__ = "check"
def leaky_integrator(input_data, tau):
    return input_data
"""

_BURGLAR = """
import gc, glob, sqlite3
found = []
for place in ("../../source/*", "../../../gradebook.db", "../../../*/course_secret", "/*/*/course_secret"):
    found += glob.glob(place)
print("found", found)
try:
    from solutions.leaky_integrator import leaky_integrator
except ImportError:
    try:
        from autograder.exercises.leaky_integrator import LEAKY_INTEGRATOR
        leaky_integrator = LEAKY_INTEGRATOR.reference
    except ImportError:
        questions = next(one for one in gc.get_objects() if isinstance(one, dict) and "leaky_integrator" in one
                         and isinstance(one["leaky_integrator"], dict) and "cases" in one["leaky_integrator"])
        def leaky_integrator(input_data, tau):
            for path in found:
                if path.endswith("gradebook.db"):
                    sqlite3.connect(path).execute("update grade set manual_score = 8")
            return questions["leaky_integrator"]["cases"][0].get("expected")
"""


def _without(name: str) -> Callable[[NotebookNode], None]:
    def edit(notebook: NotebookNode) -> None:
        notebook.cells = [cell for cell in notebook.cells if grade_id(cell) != name]

    return edit


def _check_edited(notebook: NotebookNode) -> None:
    cell = by_grade_id(notebook.cells)["check_leaky_integrator"]
    cell.source = "8.0"
    cell.metadata.nbgrader.points = 100


def _check_duplicated(notebook: NotebookNode) -> None:
    cell = deepcopy(by_grade_id(notebook.cells)["check_leaky_integrator"])
    cell.id = "a-copy"
    notebook.cells.insert(0, cell)


@dataclass(frozen=True)
class SampleStudent:
    """Who hands in what: the text of some cells over the right ones, and what was done to the notebook."""

    name: str
    writes: dict[str, str] = field(default_factory=dict)
    edit: Callable[[NotebookNode], None] = lambda notebook: None
    starts_from: dict[str, str] = field(default_factory=lambda: _RIGHT)
    harmless: bool = True


CLASS = (
    SampleStudent("perfect"),
    SampleStudent("perfect_with_numpy", _WITH_NUMPY),
    SampleStudent("perfect_with_torch", _WITH_TORCH),
    SampleStudent("untouched", starts_from={}),
    SampleStudent("half_done", {key: _RIGHT[key] for key in ("input_data", "leaky_integrator")}, starts_from={}),
    SampleStudent("double_tau", _loop("v = v + (1 / tau) * (current - v) / tau")),
    SampleStudent("no_leak", _loop("v += current / tau")),
    SampleStudent("one_step_late", {"leaky_integrator": _RIGHT["leaky_integrator"].replace(_IN_TIME, _LATE)}),
    SampleStudent("channels_first", _leaky("return np.cumsum(input_data, axis=-1) / tau")),
    SampleStudent("raises", _leaky("return input_data[len(input_data)] / tau")),
    SampleStudent("returns_none", _leaky("v = sum(input_data) / tau")),
    SampleStudent("wrong_shape", _leaky("return [[0.0] * len(input_data)] * 2")),
    SampleStudent("endless_loop", _leaky("while True: pass"), harmless=False),
    SampleStudent("stubborn_loop", _leaky(_STUBBORN), harmless=False),
    SampleStudent("exits", _leaky("import os; os._exit(0)"), harmless=False),
    SampleStudent("prints_forever", _leaky("while True: print('spike' * 1000)"), harmless=False),
    SampleStudent("eats_memory", _leaky("return bytearray(1 << 40)"), harmless=False),
    SampleStudent("deleted_check", edit=_without("check_leaky_integrator")),
    SampleStudent("deleted_answer", edit=_without("leaky_integrator")),
    SampleStudent("edited_check", _leaky("return input_data"), edit=_check_edited),
    SampleStudent("duplicated_check", edit=_check_duplicated),
    SampleStudent("patches", {"leaky_integrator": _PATCHES}, harmless=False),
    SampleStudent("burglar", {"leaky_integrator": _BURGLAR}, harmless=False),
)


def hand_in(course: Path, students: tuple[SampleStudent, ...] = CLASS) -> None:
    """Lay the class's notebooks into the course folder, as if they had been collected."""
    release = course / "release" / CHAPTER / f"{CHAPTER}.ipynb"
    for student in students:
        notebook = nbformat.read(release, as_version=4)
        for name, text in (student.starts_from | student.writes).items():
            by_grade_id(notebook.cells)[name].source = text.strip()
        student.edit(notebook)
        write_whole(course / "submitted" / student.name / CHAPTER / f"{CHAPTER}.ipynb", nbformat.writes(notebook))
