"""The live cell: what a published page needs to check its exercises by itself.

A Sphinx extension, named in ``_config.yml``. After the pages it writes ``_static/live/`` of the same build:
``kit.zip``, the code that stands beside a student, and for each chapter the recorded answers that a student's folder
holds too. What runs in the reader's browser is in ``book/static``: ``live.js`` in the page, ``live_worker.js`` and
``live_cell.py`` beside it.
"""

import tempfile
from pathlib import Path
from typing import Any

from jupyter_client.manager import KernelManager

from autograder.beside.kit import pack_kit
from autograder.exercises import chapter_names, load
from autograder.reference.files import write_whole, zipped
from autograder.reference.record import write_records


def setup(app: Any) -> dict[str, bool]:
    """Where Sphinx takes the extension in."""
    # Else each kernel that runs a page warns of a plain TCP port. No setting reaches them: nbclient makes its managers
    # without a configuration.
    KernelManager.transport_encryption.default_value = "auto"
    app.connect("build-finished", _write)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def kit() -> bytes:
    """The code beside a student as a zip."""
    with tempfile.TemporaryDirectory() as folder:
        pack_kit(Path(folder))
        return zipped(Path(folder))


def _write(app: Any, error: Exception | None) -> None:
    if error or app.builder.format != "html":
        return
    folder = Path(app.outdir) / "_static" / "live"
    write_whole(folder / "kit.zip", kit())
    for name in chapter_names():
        if f"book/{name}" in app.env.found_docs:
            write_records(load(name), folder)
