"""Pages are read, and their cells run, on all processors: jupyter-book itself asks Sphinx for one."""

import os
from typing import Any

UNDECLARED = ("sphinx_multitoc_numbering", "sphinx_jupyterbook_latex")
"""They come with jupyter-book and do not say that this is safe. One works once all pages are read, one for TeX only."""


def setup(app: Any) -> dict[str, bool]:
    """Where Sphinx takes the extension in."""
    app.parallel = max(app.parallel, os.cpu_count() or 1)
    app.connect("builder-inited", _declare)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def _declare(app: Any) -> None:
    for name in UNDECLARED:
        if name in app.extensions:
            app.extensions[name].parallel_read_safe = app.extensions[name].parallel_write_safe = True
