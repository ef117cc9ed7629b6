"""What a submission's code did in the room, kept: who is judged anew need not run anew."""

import gzip
import json
from collections.abc import Callable
from hashlib import sha256
from typing import Any

import nbformat
from nbformat import NotebookNode


def executed(of: Any, kept: bytes, run: Callable[[], NotebookNode]) -> tuple[NotebookNode, bytes]:
    """An executed notebook, and the same as it is to be kept: ``kept``, if that is of the same run, else from ``run``.

    ``of`` is plain data: all that the run depends on. Tolerances and misconceptions are the judge's, and not in it.
    """
    key = sha256(json.dumps(of).encode()).hexdigest().encode()
    if kept.startswith(key):
        return nbformat.from_dict(json.loads(gzip.decompress(kept[len(key) :]))), kept
    notebook = run()
    return notebook, key + gzip.compress(json.dumps(notebook).encode(), compresslevel=1, mtime=0)
