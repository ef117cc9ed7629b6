"""The packages of Pyodide: which ones the pages want, how they come here, and which of them are here.

The lock that lies beside Pyodide in the book names the file of each package, its checksum, and what else it needs. The
files themselves are not carried: ``autograder fetch-pyodide`` brings them, and the book is built with those that are
there (:mod:`autograder.authoring.live`).
"""

import json
import os
import re
from collections.abc import Iterable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

from autograder.beside.errors import UserError, WrongUse
from autograder.exercises import chapter_names, load
from autograder.reference import places

PYODIDE = places.BOOK / "vendor" / "pyodide"
ELSEWHERE = "LEARNING_TO_SPIKE_WHEELS"
"""Environment variable: a folder of packages in the place of the checkout's own."""
PLOTS = "matplotlib"
"""What no exercise asks for, and a reader may draw with."""


class UnknownPackage(WrongUse, LookupError):
    """The lock has no package of that name."""


class NotFetched(UserError):
    """A file that could not be had, or was not the one that the lock means."""


class Lock:
    """What a ``pyodide-lock.json`` says of its packages."""

    def __init__(self, path: Path = PYODIDE / "pyodide-lock.json") -> None:
        self._packages: dict[str, dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))["packages"]

    def file(self, package: str) -> str:
        """The name of a package's file."""
        return self._packages[package]["file_name"]

    def checksum(self, package: str) -> str:
        return self._packages[package]["sha256"]

    def imports(self, package: str) -> list[str]:
        """The modules that a package brings."""
        return self._packages[package]["imports"]

    def with_needs(self, packages: Iterable[str]) -> list[str]:
        """The packages and all that they need, each once, in the order of their names."""
        found: set[str] = set()
        waiting = list(packages)
        while waiting:
            name = waiting.pop()
            if name not in self._packages:
                raise UnknownPackage(f"Pyodide {version()} has no package {name!r}")
            if name not in found:
                found.add(name)
                waiting += self._packages[name]["depends"]
        return sorted(found)

    def is_here(self, package: str, folder: Path) -> bool:
        """Whether a package's file lies in a folder as the lock means it."""
        path = folder / self.file(package)
        return path.is_file() and sha256(path.read_bytes()).hexdigest() == self.checksum(package)

    def all_here(self, folder: Path) -> list[str]:
        """The packages of which nothing that they need is missing in a folder."""
        whole = {name for name, one in self._packages.items() if (folder / one["file_name"]).is_file()}
        whole = {name for name in whole if self.is_here(name, folder)}
        return sorted(name for name in whole if whole.issuperset(self.with_needs([name])))


def folder_of_book() -> Path:
    """Where the packages lie that a book is built with."""
    return Path(os.environ.get(ELSEWHERE) or places.PROJECT / "_build" / "wheels")


def version() -> str:
    """The version of the Pyodide in the book, as it says it itself."""
    found = re.search(r'"(\d+\.\d+\.\d+)"', (PYODIDE / "pyodide.mjs").read_text(encoding="utf-8"))
    assert found, "pyodide.mjs does not say which version it is"
    return found.group(1)


def public_address() -> str:
    """Where the Pyodide project itself has the packages of this version."""
    return f"https://cdn.jsdelivr.net/pyodide/v{version()}/full/"


def wanted() -> list[str]:
    """What the exercises of the book ask for in the page, and what a reader may draw with."""
    exercises = [one for name in chapter_names() for one in load(name).exercises]
    return sorted({PLOTS, *(package for one in exercises for package in one.in_page or ())})


def fetch(packages: Iterable[str], lock: Lock, source: str, folder: Path) -> Iterator[str]:
    """Bring the files of some packages from the address ``source`` into a folder: their names, as they have come.

    What is there and right is left alone. A file has its name only once it is whole, and the one that the lock means.
    """
    import pooch

    pooch.get_logger().setLevel("ERROR")  # it announces each file with a path
    for package in packages:
        name = lock.file(package)
        if not lock.is_here(package, folder):
            address = f"{source.rstrip('/')}/{name}"
            try:
                pooch.retrieve(address, f"sha256:{lock.checksum(package)}", name, folder)
            except ValueError as error:
                raise NotFetched(_not_taken(name, source, error)) from error
            except OSError as error:
                raise NotFetched(_not_had(name, source, error)) from error
        yield name


def _not_taken(name: str, source: str, error: ValueError) -> str:
    if "hash" not in str(error):
        return f"{source} is no address that {name} could be fetched from: it begins with http:// or https://"
    return f"{name} from {source} is not the file that pyodide-lock.json means: its checksum is another. It is not kept"


def _not_had(name: str, source: str, error: OSError) -> str:
    status = getattr(getattr(error, "response", None), "status_code", None)  # pooch asks by way of requests
    if status:
        return f"{name} is not to be had from {source}: the server answers {status}"
    if isinstance(error, ConnectionError) or "connect" in str(error).lower() or "timed out" in str(error).lower():
        return f"{name} could not be fetched: no connection to {source}"
    return f"{name} could not be fetched from {source}: {error}"
