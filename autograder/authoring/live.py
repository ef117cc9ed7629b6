"""The live cell: what a published page needs to check its exercises by itself.

A Sphinx extension, named in ``_config.yml``. It writes into ``_static`` of the same build: ``exercises.js``, which
exercises there are, and how much a page loads to check them; and in ``live/`` ``kit.zip``, the code that stands beside
a student, and for each chapter the recorded answers and the notebook that a student's folder holds too. What runs in
the reader's browser is in ``book/static``.
"""

import json
import tempfile
from pathlib import Path
from typing import Any

import nbformat
from jupyter_client.manager import KernelManager

from autograder.authoring import plan
from autograder.authoring.release import handed_out
from autograder.beside.kit import pack_kit
from autograder.exercises import load
from autograder.reference import places
from autograder.reference.files import write_whole, zipped
from autograder.reference.record import write_records

FETCHED = (
    "vendor/pyodide/pyodide.asm.wasm",
    "vendor/pyodide/python_stdlib.zip",
    "vendor/pyodide/pyodide-lock.json",
    "static/live_cell.py",
)
"""What the worker of a page fetches for every chapter, besides the kit. The scripts that it imports are not counted."""


def setup(app: Any) -> dict[str, bool]:
    """Where Sphinx takes the extension in."""
    # Else each kernel that runs a page warns of a plain TCP port. No setting reaches them: nbclient makes its managers
    # without a configuration.
    KernelManager.transport_encryption.default_value = "auto"
    app.add_js_file("exercises.js")
    app.connect("env-updated", _write)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def kit() -> bytes:
    """The code beside a student as a zip."""
    with tempfile.TemporaryDirectory() as folder:
        pack_kit(Path(folder))
        return zipped(Path(folder))


def _write(app: Any, env: Any) -> None:
    """Before the pages, so that each names ``exercises.js`` by what is in it."""
    if app.builder.format != "html":
        return
    static = Path(app.outdir) / "_static"
    write_whole(static / "live" / "kit.zip", kit())
    chapters = [_chapter(name, static / "live") for name in plan.chapters_in(env)]
    write_whole(static / "exercises.js", f"const CHAPTERS = {json.dumps(chapters)};\n")


def _chapter(name: str, folder: Path) -> dict[str, Any]:
    """What the pages know of a chapter, with its records and its notebook written into ``folder``."""
    chapter = load(name)
    records = write_records(chapter, folder)
    write_whole(folder / f"{name}.ipynb", nbformat.writes(handed_out(name)))
    fetched = [*(places.PROJECT / "book" / path for path in FETCHED), folder / "kit.zip", records]
    return {
        "name": name,
        "title": places.title(name),
        "exercises": {one.name: one.in_page for one in chapter.exercises},
        "bytes": sum(path.stat().st_size for path in fetched),
    }
