"""Imports run one way between the folders, and each folder says where its code runs."""

import ast
import io
import sys
import tokenize
from collections.abc import Iterator
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[1]
MODULES = {
    ".".join(path.relative_to(PROJECT).with_suffix("").parts).removesuffix(".__init__"): path
    for folder in ("autograder", "solutions")
    for path in sorted((PROJECT / folder).rglob("*.py"))
}

STANDS_BESIDE = {"autograder.beside", "autograder.probes"}
MAY_IMPORT = {
    "solutions.models": {"solutions.models"},
    "solutions": {"solutions", "solutions.models"},
    "autograder.beside": STANDS_BESIDE,
    "autograder.probes": STANDS_BESIDE,
    "autograder.exercises": STANDS_BESIDE | {"autograder.exercises", "solutions"},
    "autograder.room": STANDS_BESIDE | {"autograder.room"},
}
MAY_IMPORT["autograder.reference"] = MAY_IMPORT["autograder.exercises"] | {"autograder.reference"}
MAY_IMPORT["autograder.grading"] = MAY_IMPORT["autograder.reference"] | {"autograder.room", "autograder.grading"}
MAY_IMPORT["autograder.grading"] -= {"solutions"}  # it asks the reference through autograder.reference
MAY_IMPORT["autograder.grading"] |= {"solutions.models"}  # the progress bar
MAY_IMPORT["autograder.lms"] = MAY_IMPORT["autograder.grading"] | {"autograder.lms", "autograder.options"}
MAY_IMPORT["autograder.proving"] = MAY_IMPORT["autograder.grading"] | {"autograder.proving", "autograder.options"}
MAY_IMPORT["autograder.authoring"] = (
    MAY_IMPORT["autograder.proving"] | MAY_IMPORT["solutions"] | {"autograder.authoring"}
)
MAY_IMPORT |= {
    "autograder": set(),
    "autograder.check": {"autograder.beside"},
    "autograder.course": {"autograder.grading", "autograder.authoring"},
    "autograder.options": set(),
    "autograder.__main__": MAY_IMPORT["autograder.authoring"] | MAY_IMPORT["autograder.lms"],
}
"""For every folder, and for every module outside of one, which of the project's folders it may import."""

SHIPS = ("autograder.beside", "autograder.probes", "autograder.room.inside", "autograder.check")
"""Runs in a process with a student's code: at home, in the page, or in the room."""
FOLDERS = (
    "beside",
    "probes",
    "exercises",
    "reference",
    "room",
    "room.inside",
    "grading",
    "lms",
    "proving",
    "authoring",
)


def part_of(module: str, parts) -> str:
    """Of some folders and modules the nearest that a module lies in; "" if it lies in none."""
    names = module.split(".")
    return next((one for n in range(len(names), 0, -1) if (one := ".".join(names[:n])) in parts), "")


def imported(text: str, module: str, *, at_top: bool = False) -> Iterator[str]:
    """The modules that a text imports, wherever in it, also by ``import_module`` with a name that begins in quotes.

    ``at_top`` leaves out what is imported only when a function is called.
    """
    waiting: list[ast.AST] = [ast.parse(text)]
    while waiting:
        node = waiting.pop()
        if not (at_top and isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda))):
            waiting += ast.iter_child_nodes(node)
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = module.split(".")[: -node.level] if node.level else []
            origin = ".".join([*above, *([node.module] if node.module else [])])
            for alias in node.names:
                known = f"{origin}.{alias.name}" in MODULES
                yield f"{origin}.{alias.name}" if known or origin == "autograder" else origin
        elif isinstance(node, ast.Call) and ast.unparse(node.func).endswith(("import_module", "__import__")):
            name = node.args[0].values[0] if isinstance(node.args[0], ast.JoinedStr) else node.args[0]
            yield name.value.rstrip(".") if isinstance(name, ast.Constant) else module


def climbs(module: str, text: str) -> list[str]:
    """What a module imports of the project that its folder may not."""
    mine = part_of(module, MAY_IMPORT)
    ours = [name for name in imported(text, module) if name.partition(".")[0] in ("autograder", "solutions")]
    return [name for name in ours if part_of(name, MAY_IMPORT) not in MAY_IMPORT[mine] | {mine}]


def brought_along(module: str, text: str) -> list[str]:
    """What a module needs as it is imported that a machine without any package does not have."""
    names = {name for name in imported(text, module, at_top=True) if not part_of(name, SHIPS)}
    return sorted(name for name in names if name.partition(".")[0] not in sys.stdlib_module_names)


def lines_of_code(text: str) -> int:
    """Lines without blanks, comments and docstrings."""
    said = {
        line
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)
        for line in range(node.lineno, (node.end_lineno or node.lineno) + 1)
    }
    nothing = {tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER}
    tokens = [one for one in tokenize.generate_tokens(io.StringIO(text).readline) if one.type not in nothing]
    return len({line for one in tokens for line in range(one.start[0], one.end[0] + 1)} - said)


every_module = pytest.mark.parametrize("module", MODULES)


@every_module
def test_a_module_imports_only_what_lies_below_its_folder(module):
    assert climbs(module, MODULES[module].read_text()) == []


@pytest.mark.parametrize("module", [name for name in MODULES if part_of(name, SHIPS)])
def test_what_stands_beside_a_student_s_code_needs_no_package_to_be_imported(module):
    assert brought_along(module, MODULES[module].read_text()) == []


@pytest.mark.parametrize(
    ("module", "text", "seen"),
    [
        ("autograder.beside.check", "from autograder.exercises import load", ["autograder.exercises"]),
        ("autograder.probes.delays", "def ask():\n    import solutions.delays", ["solutions.delays"]),
        ("autograder.room.walls", "from autograder import exercises, probes", ["autograder.exercises"]),
        (
            "autograder.room.walls",
            "if TYPE_CHECKING:\n    from autograder.grading import one",
            ["autograder.grading.one"],
        ),
        ("autograder.exercises.delays", "from ..reference import record", ["autograder.reference.record"]),
        ("autograder.reference.record", "import autograder.grading.judge as judge", ["autograder.grading.judge"]),
        ("autograder.grading.one", "from autograder.authoring.page import read_page", ["autograder.authoring.page"]),
        ("autograder.grading.one", "import_module(f'solutions.{chapter}')", ["solutions"]),
        ("autograder.authoring.page", "from autograder.__main__ import main", ["autograder.__main__"]),
        ("autograder.check", "from autograder.room.walls import start", ["autograder.room.walls"]),
        ("solutions.delays", "from autograder.beside.compare import plain", ["autograder.beside.compare"]),
        ("solutions.models.delays.ears", "from solutions.delays import delayed", ["solutions.delays"]),
        ("solutions.models.delays.ears", "from solutions import delays, DelayLayer", ["solutions.delays", "solutions"]),
        ("solutions.models.delays.ears", "from . import layer\nfrom ..brian import brian2", []),
        ("autograder.grading.one", "import json\nfrom autograder.room.notebook import run", []),
    ],
)
def test_a_climb_would_be_seen(module, text, seen):
    assert climbs(module, text) == seen


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("import numpy as np", ["numpy"]),
        ("try:\n    from torch import nn\nexcept ImportError:\n    nn = None", ["torch"]),
        ("class Probe:\n    import brian2", ["brian2"]),
        ("import json\nfrom autograder.beside.compare import plain", []),
        ("def ask():\n    import numpy", []),
    ],
)
def test_a_package_brought_along_would_be_seen(text, seen):
    assert brought_along("autograder.probes.delays", text) == seen


def test_every_module_is_in_a_folder_that_has_a_rule():
    assert {part_of(module, MAY_IMPORT) for module in MODULES} == set(MAY_IMPORT)
    tops = {path.name for path in (PROJECT / "autograder").iterdir() if path.is_dir() and path.name != "__pycache__"}
    assert tops == {name.partition(".")[0] for name in FOLDERS}


@pytest.mark.parametrize("folder", FOLDERS)
def test_a_folder_says_where_its_code_runs(folder):
    text = ast.get_docstring(ast.parse(MODULES[f"autograder.{folder}"].read_text())) or ""
    assert "Runs " in text, f"autograder.{folder} begins with {text!r}"


CHAPTERS_OWN = ("autograder.exercises.", "autograder.probes.")
ENGINE = [name for name in MODULES if name.startswith("autograder") and not name.startswith(CHAPTERS_OWN)]


@pytest.mark.parametrize("module", ENGINE)
def test_a_module_of_the_engine_can_be_read_at_once(module):
    assert lines_of_code(MODULES[module].read_text()) <= 200


def test_lines_of_code_are_counted_without_what_only_explains():
    text = '"""Two\nlines."""\n\n# why\nx = """a\nb"""  # here\n\n\ndef f(\n    a,\n):\n    """What."""\n    return a\n'
    assert lines_of_code(text) == 6
