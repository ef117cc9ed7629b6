"""What the course is made of is written down: pins, their lock, ranges; and installed as a package it works."""

import ast
import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

import jupytext
import pytest
import yaml
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name
from packaging.version import Version

PROJECT = Path(__file__).resolve().parents[1]
CODE = ("autograder", "solutions", "tests", "book")
PYPROJECT = tomllib.loads((PROJECT / "pyproject.toml").read_text())
NAME = PYPROJECT["project"]["name"]


HERE = f"{sys.version_info.major}.{sys.version_info.minor}"
PYTHONS = ("3.11", "3.12", "3.13", "3.14")


def requirements(lines: list[str], python: str = HERE) -> dict[str, Requirement]:
    """What holds for a ``python`` by the canonical name of its package; a comment begins with a number sign."""
    marked = {"python_version": python, "python_full_version": f"{python}.9"}
    written = [Requirement(bare) for line in lines if (bare := line.partition("#")[0].strip())]
    stated = [one for one in written if one.marker is None or one.marker.evaluate(marked)]
    names = [canonicalize_name(requirement.name) for requirement in stated]
    assert len(names) == len(set(names)), "a package stands there twice"
    return dict(zip(names, stated, strict=True))


def in_file(name: str, python: str = HERE) -> dict[str, Requirement]:
    return requirements((PROJECT / name).read_text().splitlines(), python)


def exactly(requirement: Requirement) -> Version:
    """The one version that a pin lets in."""
    (only,) = requirement.specifier
    assert only.operator == "==" and "*" not in only.version, f"{requirement} is no exact pin"
    return Version(only.version)


PINS, LOCK = in_file("requirements.txt"), in_file("requirements.lock")
BASE = requirements(PYPROJECT["project"]["dependencies"])
EXTRAS = {
    extra: requirements([line for line in lines if Requirement(line).name != NAME])
    for extra, lines in PYPROJECT["project"]["optional-dependencies"].items()
}


def sources() -> Iterator[tuple[Path, str]]:
    """Every file of code with its text, and every page with the text of its code cells."""
    for folder in CODE:
        for path in sorted((PROJECT / folder).rglob("*.py")):
            yield path, path.read_text()
    for path in sorted((PROJECT / "book").glob("*.md")):
        cells = jupytext.read(path, fmt="md:myst").cells
        yield path, "\n".join(cell.source for cell in cells if cell.cell_type == "code")


def imported() -> dict[str, Path]:
    """The name of every module that comes from a package, with a place that imports it."""
    ours = {path.stem for folder in CODE for path in [PROJECT / folder, *(PROJECT / folder).rglob("*")]}
    ours |= {path.stem for path in (PROJECT / "benchmarks").glob("*.py")}
    found: dict[str, Path] = {}
    for path, text in sources():
        for node in ast.walk(ast.parse(text)):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom) and not node.level:
                names = [node.module or ""]
            for name in (name.partition(".")[0] for name in names):
                if name not in sys.stdlib_module_names and name not in ours:
                    found.setdefault(name, path.relative_to(PROJECT))
    return found


def test_every_package_that_is_imported_is_pinned():
    packages = metadata.packages_distributions()
    found = imported()
    assert {"numpy", "torch", "brian2", "IPython", "nbgrader", "pytest"} <= set(found)
    unpinned = {
        f"{name}, in {path}"
        for name, path in found.items()
        if not {canonicalize_name(package) for package in packages.get(name, [name])} & set(PINS)
    }
    assert not unpinned


@pytest.mark.parametrize("name", PINS)
def test_a_pin_is_exact_locked_and_installed(name):
    version = exactly(PINS[name])
    assert exactly(LOCK[name]) == version, "make lock"
    assert PINS[name].specifier.contains(metadata.version(name))


@pytest.mark.parametrize("python", PYTHONS)
def test_every_python_that_is_promised_has_one_version_of_each_package(python):
    """Whether there are wheels of them, only the package index knows: `make resolves` asks it."""
    pins, lock = in_file("requirements.txt", python), in_file("requirements.lock", python)
    assert (
        set(pins) == set(PINS)
        and {name: exactly(pin) for name, pin in pins.items()}.items()
        <= {name: exactly(locked) for name, locked in lock.items()}.items()
    )
    ranges = requirements(PYPROJECT["project"]["dependencies"], python)
    assert all(stated.specifier.contains(exactly(pins[name])) for name, stated in ranges.items())


def test_the_same_pythons_are_promised_everywhere():
    promised = SpecifierSet(PYPROJECT["project"]["requires-python"])
    assert [minor for minor in range(5, 20) if promised.contains(f"3.{minor}.9")] == [
        int(python.partition(".")[2]) for python in PYTHONS
    ]
    assert f"PYTHONS := {' '.join(PYTHONS)}\n" in (PROJECT / "Makefile").read_text()
    assert f"Python {PYTHONS[0]} to {PYTHONS[-1]}" in (PROJECT / "README.md").read_text()
    (workflow,) = (PROJECT / ".github" / "workflows").iterdir()
    matrix = yaml.safe_load(workflow.read_text())["jobs"]["test"]["strategy"]["matrix"]
    assert tuple(matrix["python"]) == PYTHONS


def test_what_is_installed_is_what_the_lock_says():
    others = {
        f"{requirement}, installed is {installed}"
        for name, requirement in LOCK.items()
        if not requirement.specifier.contains(installed := metadata.version(name), prereleases=True)
    }
    assert not others


def test_the_lock_is_complete_and_fits_every_machine():
    """Nothing in it needs what it does not hold, and nothing is there that only some builds of torch need."""
    assert all(exactly(requirement) for requirement in LOCK.values())
    lacking = {
        f"{needed.name}, for {name}"
        for name in LOCK
        for needed in map(Requirement, metadata.requires(name) or [])
        if (needed.marker is None or needed.marker.evaluate({"extra": ""}))
        and canonicalize_name(needed.name) not in {*LOCK, "pip"}
        and not re.match("nvidia|cuda|triton", needed.name)
    }
    assert not lacking
    assert not [name for name in LOCK if re.match("nvidia|cuda|triton", name)]
    assert LOCK["torch"].specifier.contains(f"{exactly(PINS['torch'])}+cpu")
    assert not Version(str(exactly(LOCK["torch"]))).local


def test_ranges_and_pins_name_the_same_packages():
    ranges = [BASE, *EXTRAS.values()]
    names = [name for group in ranges for name in group]
    assert len(names) == len(set(names)), "a package stands in two groups; one extra may name another"
    assert set(names) == set(PINS) - {"setuptools"}  # which builds the package, and is not needed after


@pytest.mark.parametrize(("name", "stated"), [pair for group in (BASE, *EXTRAS.values()) for pair in group.items()])
def test_a_range_has_the_pin_in_it_and_an_end(name, stated):
    pinned = exactly(PINS[name])
    assert stated.specifier.contains(pinned)
    assert name == "packaging" or not stated.specifier.contains(f"{pinned.major + 1}.0")


def test_all_takes_in_every_extra():
    def taken_in(extra: str) -> set[str]:
        lines = map(Requirement, PYPROJECT["project"]["optional-dependencies"][extra])
        named = {one for line in lines if line.name == NAME for one in line.extras}
        return {extra}.union(*map(taken_in, named))

    assert taken_in("all") == set(EXTRAS)


def test_the_version_is_written_once_and_the_changelog_has_come_as_far():
    version = PYPROJECT["project"]["version"]
    headings = re.findall(r"^## \[?([^\]\s]+)", (PROJECT / "CHANGELOG.md").read_text(), re.MULTILINE)
    assert headings[0] == "Unreleased"
    assert headings[1] == version
    assert metadata.version(NAME) == version
    assert "version" not in yaml.safe_load((PROJECT / "CITATION.cff").read_text())


def test_the_citation_file_has_what_its_format_asks_for():
    citation = yaml.safe_load((PROJECT / "CITATION.cff").read_text())
    assert {"cff-version", "message", "title", "authors"} <= set(citation)
    assert citation["cff-version"] == "1.2.0"
    assert citation["title"] == yaml.safe_load((PROJECT / "_config.yml").read_text())["title"]
    assert all(set(author) & {"name", "family-names"} for author in citation["authors"])


@pytest.mark.parametrize("folder", [".github", ".devcontainer"])
def test_what_machines_read_calls_only_targets_that_there_are(folder):
    """The commands are written once, in the Makefile."""
    targets = set(re.findall(r"^([a-z][a-z-]*):", (PROJECT / "Makefile").read_text(), re.MULTILINE))
    texts = [path.read_text() for path in (PROJECT / folder).rglob("*.*") if path.is_file()]
    commands = re.findall(r"""(?:run: |"|&& )make((?: [a-z-]+)+)""", "".join(texts))
    called = {target for command in commands for target in command.split()}
    assert called and called <= targets
    assert not re.search(r"\b(pytest|jupyter-book|ruff|mypy) ", "".join(texts))


def test_the_editor_of_the_pages_is_built_from_what_is_pinned():
    folder = PROJECT / "book" / "vendor" / "codemirror"
    pinned = json.loads((folder / "source" / "package.json").read_text())["devDependencies"]
    locked = json.loads((folder / "source" / "package-lock.json").read_text())["packages"]
    assert pinned == {name: locked[f"node_modules/{name}"]["version"] for name in pinned}
    built = (folder / "codemirror.js").read_text()
    assert built.startswith(f"/* {', '.join(f'{name} {version}' for name, version in pinned.items())}. Built by")
    licences = (folder / "LICENSE").read_text()
    assert all(f"{name} {version}\n" in licences for name, version in pinned.items() if name != "esbuild")


@pytest.fixture(scope="module")
def installed(tmp_path_factory) -> Path:
    """A folder with the course installed in it as ``pip install .`` does, from a copy: pip builds where it reads."""
    copy, site = tmp_path_factory.mktemp("copy") / "course", tmp_path_factory.mktemp("site")
    left_out = shutil.ignore_patterns(".*", "_build", "build", "*.egg-info", "__pycache__", "vendor")
    shutil.copytree(PROJECT, copy, ignore=left_out)
    install = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-build-isolation", "--no-index"]
    subprocess.run([*install, "--target", site, copy], check=True, capture_output=True, text=True)
    return site


@pytest.mark.slow
def test_the_package_has_every_file_of_its_folders(installed):
    wanted = {
        path.relative_to(PROJECT)
        for folder in ("autograder", "solutions", "book")
        for path in (PROJECT / folder).rglob("*")
        if path.is_file() and not {"__pycache__", "static", "vendor"} & set(path.parts)
    }
    assert not {str(path) for path in wanted if not (installed / path).is_file()}
    assert not (installed / "tests").exists()


@pytest.mark.slow
def test_a_course_is_released_by_the_package_from_any_folder(installed, tmp_path):
    """Without the checkout: the pages, the references and the pictures come with the package."""
    environment = os.environ | {"PYTHONPATH": str(installed)}

    def python(*arguments: str) -> str:
        run = [sys.executable, *arguments]
        done = subprocess.run(run, cwd=tmp_path, env=environment, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        return done.stdout

    where = "import autograder, solutions; print(autograder.__file__, solutions.__file__)"
    assert all(Path(path).is_relative_to(installed) for path in python("-c", where).split())
    assert "released leaky_integrator" in python(
        "-m", "autograder", "release", "leaky_integrator", "--course", "course"
    )
    students = tmp_path / "course" / "students" / "leaky_integrator"
    for name in ("leaky_integrator.ipynb", "figures.py", "images/leaky_integrator.svg", "autograder/check.py"):
        assert (students / name).is_file(), name
    assert "{cite:" not in (students / "leaky_integrator.ipynb").read_text()
