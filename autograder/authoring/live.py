"""The live cell: what a published page needs to check its exercises by itself.

A Sphinx extension, named in ``_config.yml``. It writes into ``_static`` of the same build: ``exercises.js``, which
exercises there are, which packages a page may load for them, and how much that is; in ``live/`` ``kit.zip``, the code
that stands beside a student, and for each chapter the recorded answers and the notebook that a student's folder holds
too; and in ``wheels/`` the packages themselves. What runs in the reader's browser is in ``book/static``.
"""

import json
import shutil
import tempfile
from pathlib import Path
from typing import Any

import nbformat
from jupyter_client.manager import KernelManager
from sphinx.config import ENUM

from autograder.authoring import plan, wheels
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

SELF_HOSTED, CDN = "self-hosted", "cdn"
"""Where the pages load packages from, as ``_config.yml`` says: the book itself, or the Pyodide project's address."""
WHEELS = "wheels"


def setup(app: Any) -> dict[str, bool]:
    """Where Sphinx takes the extension in."""
    # Else each kernel that runs a page warns of a plain TCP port. No setting reaches them: nbclient makes its managers
    # without a configuration.
    KernelManager.transport_encryption.default_value = "auto"
    app.add_config_value("pyodide_packages", SELF_HOSTED, "html", ENUM(SELF_HOSTED, CDN))
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
    offered = on_cdn() if app.config.pyodide_packages == CDN else self_hosted(static)
    write_whole(static / "exercises.js", known_to_pages(chapters, offered))


def known_to_pages(chapters: list[dict[str, Any]], offered: dict[str, Any]) -> str:
    """``exercises.js``."""
    return f"const CHAPTERS = {json.dumps(chapters)};\nconst PACKAGES = {json.dumps(offered)};\n"


def self_hosted(static: Path, lock: wheels.Lock | None = None, folder: Path | None = None) -> dict[str, Any]:
    """What the pages know of the packages in a folder, which are put among their own files."""
    lock, folder = lock or wheels.Lock(), folder or wheels.folder_of_book()
    here = lock.all_here(folder)
    for name in here:
        (static / WHEELS).mkdir(parents=True, exist_ok=True)
        shutil.copyfile(folder / lock.file(name), static / WHEELS / lock.file(name))
    return _offered(f"{WHEELS}/", lock, {name: (folder / lock.file(name)).stat().st_size for name in here})


def on_cdn() -> dict[str, Any]:
    """The same of all that the exercises ask for, where the pages may load it from the Pyodide project's address."""
    lock = wheels.Lock()
    return _offered(wheels.public_address(), lock, dict.fromkeys(lock.with_needs(wheels.wanted())))


def _offered(source: str, lock: wheels.Lock, sizes: dict[str, int | None]) -> dict[str, Any]:
    """``source`` is an address, or a folder beside the pages' scripts; of a package elsewhere no size is known."""
    one = {
        name: {"bytes": size, "imports": lock.imports(name), "needs": lock.with_needs([name])}
        for name, size in sizes.items()
    }
    return {"from": source, "packages": one}


def _chapter(name: str, folder: Path) -> dict[str, Any]:
    """What the pages know of a chapter, with its records and its notebook written into ``folder``."""
    chapter = load(name)
    records = write_records(chapter, folder)
    write_whole(folder / f"{name}.ipynb", nbformat.writes(handed_out(name)))
    fetched = [*(places.PROJECT / "book" / path for path in FETCHED), folder / "kit.zip", records]
    return {
        "name": name,
        "title": places.title(name),
        "exercises": {one.name: one.in_page for one in chapter.exercises},  # the packages, or null
        "bytes": sum(path.stat().st_size for path in fetched),
    }
