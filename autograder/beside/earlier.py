"""What you wrote in an earlier chapter, fetched into the notebook you are working in. Ships to students."""

import json
from pathlib import Path

from autograder.beside.words import by_grade_id


def fetch(chapter: str, name: str) -> None:
    """Replace the cell that calls this by the cell in which you wrote ``name`` for ``chapter``.

    The notebook of that chapter is looked for beside this one, and in its own folder beside this one's. Your code comes
    to stand in this notebook, so that it goes with it when you hand it in. It runs when you run the cell once more.
    """
    from IPython import get_ipython

    found = [path for folder in (".", Path("..", chapter)) for path in Path(folder).glob(f"{chapter}.ipynb")]
    written = [source for path in found if (source := _written(path, name))]
    if written:
        get_ipython().set_next_input(f"{written[0]}\n", replace=True)
        print(f"Your {name} stands in this cell now: run it once more. (If it does not, paste it here.)")
    elif found:
        print(f"{found[0]} is there, but {name} is not written in it yet: write or paste it here.")
    else:
        print(f"There is no notebook {chapter}.ipynb beside this one: write or paste your {name} here.")


def _written(notebook: Path, name: str) -> str:
    """What stands in the cell of an exercise; "" if there is nothing but the stub."""
    cells = by_grade_id(json.loads(notebook.read_text(encoding="utf-8"))["cells"])
    source = "".join(cells[name]["source"]) if name in cells else ""
    return "" if "raise NotImplementedError()" in source else source
