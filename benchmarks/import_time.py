"""How long it takes until the project is imported, beside Python that does nothing.

python benchmarks/import_time.py [--rounds ROUNDS] [--keep]

Each is a process of its own, all in turn. Milliseconds are those beyond the start of Python.
"""

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from how_fast import TABLES, Cell
from side_by_side import alternately, compared, main

NOTHING = "python -c pass"
COMMANDS = {
    NOTHING: ["-c", "pass"],
    "import solutions": ["-c", "import solutions"],
    "from autograder.check import check": ["-c", "from autograder.check import check"],
    "autograder --help": [str(Path(sys.executable).with_name("autograder")), "--help"],
    "import numpy": ["-c", "import numpy"],
    "import torch": ["-c", "import torch"],
}


def started(arguments: list[str]) -> Callable[[], None]:
    def step() -> None:
        subprocess.run([sys.executable, *arguments], check=True, stdout=subprocess.DEVNULL)

    return step


def measure(rounds: int) -> Iterator[Cell]:
    times = alternately({name: started(arguments) for name, arguments in COMMANDS.items()}, rounds)
    ratios, milliseconds = TABLES["import_time"].columns
    yield from compared(times, NOTHING, ratios)
    for name, mine in times.items():
        beyond = sorted(1000 * (one - other) for one, other in zip(mine.wall, times[NOTHING].wall, strict=True))
        yield {
            "row": name,
            "column": milliseconds,
            "value": beyond[len(beyond) // 2],
            "low": beyond[0],
            "high": beyond[-1],
        }


if __name__ == "__main__":
    main("import_time", measure, ("numpy", "torch"), rounds=11)
