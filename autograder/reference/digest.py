"""What a chapter's page and grades are made from, as one short digest: it changes when any of that does.

It covers the solution, the exercises, the probes, what ships, how records are made, the models that the page imports,
and the versions of the packages that all of these import.
"""

import json
import sys
from functools import cache
from hashlib import sha256
from importlib import metadata

import jupytext

from autograder.reference import places
from autograder.reference.imports import file_of, reached

ASKING = (("autograder.probes",), ("beside",))
JUDGING = (("solutions", "autograder.exercises", "autograder.probes.measures"), ("reference",))
"""The folders that have a module for each chapter, and those of the autograder that all of them use."""


def digest(chapter: str, *, judged: bool = True) -> str:
    """The digest of a chapter's pages; if it is not ``judged``, only of how a student's code is asked and run."""
    cells = [cell for path in places.pages(chapter) for cell in jupytext.read(path, fmt="md:myst").cells]
    return digest_of([cell.source for cell in cells if cell.cell_type == "code"], chapter, judged=judged)


def digest_of(code: list[str], chapter: str = "", *, judged: bool = True) -> str:
    """The digest of a page with this code, and of what is asked in it if it is a chapter."""
    used = (ASKING, JUDGING) if judged else (ASKING,)
    modules = [f"{folder}.{chapter}" for folders, _ in used for folder in folders]
    own = [path for module in modules if chapter and (path := file_of(module))]
    shared = [places.PROJECT / "autograder" / folder for _, folders in used for folder in folders]
    own += [path for folder in shared for path in folder.glob("*.py")]
    files, packages = reached([*code, *(path.read_text(encoding="utf-8") for path in own)])
    parts = {str(path.relative_to(places.PROJECT)): path.read_text(encoding="utf-8") for path in {*files, *own}}
    everything = [code, sorted(parts.items()), _versions(packages)]
    return sha256(json.dumps(everything).encode()).hexdigest()[:16]


def _versions(packages: set[str]) -> list[tuple[str, str]]:
    """The installed version of each package that is not Python's own, by the name it is installed under."""
    installed = {name for package in packages for name in distributions().get(package, ())}
    return [("python", sys.version), *sorted((name, metadata.version(name)) for name in installed)]


@cache
def distributions() -> dict[str, list[str]]:
    """Which distributions bring which package: looked up once, since it reads the list of files of every one."""
    return dict(metadata.packages_distributions())
