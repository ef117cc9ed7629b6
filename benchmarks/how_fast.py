"""What the benchmarks found, as tables of the page "How fast is it?": read from book/how_fast.json, written by them.

python benchmarks/how_fast.py

writes the tables into the page anew. :data:`TABLES` says which rows and columns each has, so that what was not measured
is seen.
"""

import hashlib
import json
import platform
import re
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from autograder.exercises import chapter_names
from autograder.reference import places
from autograder.reference.files import write_whole

Cell = dict[str, Any]
"""``row``, ``column`` and either ``value``, ``low``, ``high`` or what it ``says`` in the place of a number."""
Found = dict[str, Any]
"""What a benchmark found: its ``cells``, and how they were ``made``."""

KEPT = places.BOOK / "how_fast.json"
PAGE = places.page("how_fast")
BUSY = 0.1
"""So many cores used by other programs make a machine a busy one."""


@dataclass(frozen=True)
class Table:
    """A table of the page.

    The best of the rows ``ours`` is held against the ``peers``, the less the better. ``asked`` names a row, a column
    and what it may be at most, as a number or as what another row has. ``absolute`` are columns of absolute numbers, in
    which nobody is held against anybody.
    """

    first: str
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    ours: tuple[str, ...] = ()
    peers: tuple[str, ...] = ()
    absolute: tuple[str, ...] = ()
    asked: tuple[tuple[str, str, float | str], ...] = ()


OURS, COMPILED, KEEPING = "ours, readable", "ours, compiled", "ours, compiled, spikes and voltages"
STEPS = ("EventProp", "EventProp, from events", "EventProp, double precision", "surrogate gradient")
PLAIN = ("plain torch", "plain torch, double precision", "plain torch, torch.compile")
BRIAN, TORCH = "Brian2, C++ standalone", ("Norse", "snnTorch", "SpikingJelly")
LIBRARIES = (BRIAN, *TORCH)
TABLES = {
    "lif_forward": Table(
        "neurons",
        ("C loop", COMPILED, KEEPING, OURS, *LIBRARIES),
        ("1", "100", "10,000", "1,000,000", "MB at 10,000", "MB at 1,000,000"),
        ours=(COMPILED, KEEPING, OURS),
        peers=LIBRARIES,
        absolute=("MB at 10,000", "MB at 1,000,000"),
        asked=(
            (COMPILED, "1", 20),
            *((COMPILED, size, 3) for size in ("100", "10,000", "1,000,000")),
            (COMPILED, "MB at 1,000,000", 2000),
        ),
    ),
    "training_step": Table(
        "one training step",
        (*STEPS, "two dense products alone", *PLAIN, *TORCH),
        ("processor time", "time", "MB"),
        ours=STEPS,
        peers=(*PLAIN, *TORCH),
        absolute=("MB",),
        asked=(("EventProp, from events", "processor time", "two dense products alone"),),
    ),
    "event_driven": Table(
        "neurons, or fan-in",
        (
            COMPILED,
            OURS,
            BRIAN,
            "compiled, time of an event, by neurons (10 = 1)",
            "compiled, time of an event, by fan-in of 1000 neurons (10 = 1)",
            "compiled, million events per second",
        ),
        ("10", "100", "1,000", "10,000", "exponent"),
        ours=(COMPILED, OURS),
        peers=(BRIAN,),
    ),
    "delays": Table(
        "learned by",
        ("ours, a table of coincidences", "a loop over samples and steps"),
        ("same patterns", "different patterns", "localisation"),
        ours=("ours, a table of coincidences",),
        peers=("a loop over samples and steps",),
    ),
    "check_at_home": Table(
        "slowest exercise of",
        (*map(places.title, chapter_names()), "`leaky_integrator` alone", "the same by Otter"),
        ("a right answer (0.3 s = 1)", "a wrong answer (0.3 s = 1)", "the same questions (ours = 1)"),
        ours=("`leaky_integrator` alone",),
        peers=("the same by Otter",),
        asked=tuple(
            (places.title(name), f"a {kind} answer (0.3 s = 1)", 10 if name == "spiking_autoencoder" else 1)
            for name in chapter_names()
            for kind in ("right", "wrong")
        ),
    ),
    "class_graded": Table(
        "graded by",
        ("ours", "ours, one process", "nbgrader autograde", "Otter, `otter run`"),
        ("8 submissions (nbgrader autograde = 1)", *(f"{size} of ours (25 = 1)" for size in (25, 100, 400))),
        ours=("ours", "ours, one process"),
        peers=("nbgrader autograde", "Otter, `otter run`"),
        asked=(
            ("ours", "8 submissions (nbgrader autograde = 1)", 0.33),
            ("ours", "400 of ours (25 = 1)", 1),
        ),
    ),
    "import_time": Table(
        "started",
        (
            "python -c pass",
            "import solutions",
            "from autograder.check import check",
            "autograder --help",
            "import numpy",
            "import torch",
        ),
        ("python -c pass = 1", "ms beyond it"),
        absolute=("ms beyond it",),
        asked=(
            ("import solutions", "ms beyond it", 50),
            ("from autograder.check import check", "ms beyond it", 30),
            ("autograder --help", "ms beyond it", 150),
        ),
    ),
}


def versions(packages: tuple[str, ...]) -> dict[str, str]:
    """The versions of Python and of those packages that are there."""
    found = {"python": platform.python_version()}
    for name in packages:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found


def read() -> dict[str, Found]:
    """What is kept of each benchmark."""
    kept: dict[str, Found] = json.loads(KEPT.read_text(encoding="utf-8")) if KEPT.is_file() else {}
    return kept


def keep(found: dict[str, Found]) -> None:
    """Put what benchmarks found in the place of what they had found before, and into the page."""
    kept = read() | found
    write_whole(KEPT, json.dumps(kept, indent=1, ensure_ascii=False) + "\n")
    write_whole(PAGE, with_tables(PAGE.read_text(encoding="utf-8"), kept))


def with_tables(text: str, kept: dict[str, Found]) -> str:
    """A page's text with each table between its two marks.

    The line ``# from ...`` of the cell that reads the numbers names them, so that its pictures are drawn anew.
    """
    for name in TABLES:
        between = re.compile(rf"(?<=\n% the table {name} begins\n).*(?=\n% the table {name} ends\n)", re.DOTALL)
        filled = f"\n{table(name, kept.get(name, {}))}\n"
        text = between.sub(lambda _, filled=filled: filled, text)
    digest = hashlib.sha256(json.dumps(kept, sort_keys=True).encode()).hexdigest()[:16]
    return re.sub(r"(?<=\n# from )\w+(?=\n)", digest, text)


def table(name: str, found: Found) -> str:
    """A table in Markdown, and under it what it was measured with, what was asked for, and who is faster than ours."""
    of = TABLES[name]
    cells = {(cell["row"], cell["column"]): cell for cell in found.get("cells", [])}
    lines = [(of.first, *of.columns), ("---",) * (1 + len(of.columns))]
    lines += [(row, *(_shown(cells.get((row, column))) for column in of.columns)) for row in of.rows]
    drawn = "\n".join(f"| {' | '.join(line)} |" for line in lines)
    if not found:
        return f"{drawn}\n\nNot measured yet."
    numbers = {place: cell["value"] for place, cell in cells.items() if "value" in cell}
    return "\n\n".join([drawn, *filter(None, (_made(found["made"]), _reached(of, numbers), _behind(of, numbers)))])


def number(value: float) -> str:
    """Two digits that count, and all of them before the point."""
    return f"{value:,.0f}" if value >= 10 else f"{value:.1f}" if value >= 1 else f"{value:.2g}"


def _shown(cell: Cell | None) -> str:
    if cell is None:
        return "not measured here"
    if "says" in cell:
        return str(cell["says"])
    if "low" not in cell:
        return number(cell["value"])
    low, high = number(cell["low"]), number(cell["high"])
    return number(cell["value"]) + (f" ({low} to {high})" if low != high else "")


def _made(made: dict[str, Any]) -> str:
    """When, with what, and whether something else ran meanwhile."""
    named = ", ".join(f"{name} {known}" for name, known in made["with"].items())
    others = made["others"]
    said = f"on a busy machine: other programs used {others:.1f} of {made['cores']} cores" if others > BUSY else "alone"
    threads = "1 thread" if made["threads"] == "1" else f"{made['threads']} threads"
    return f"Measured on {made['on']}, {threads} of {made['cores']} cores, {made['rounds']} rounds, {said}; {named}."


def _reached(of: Table, numbers: dict[tuple[str, str], float]) -> str:
    """How much of what was asked for is reached, and what is not."""
    reached, missed = 0, []
    for row, column, most in of.asked:
        limit = numbers.get((most, column)) if isinstance(most, str) else most
        if limit is not None and (row, column) in numbers:
            if numbers[row, column] <= limit:
                reached += 1
            else:
                missed.append(f"{row} ({column}: at most {most if isinstance(most, str) else format(most, 'g')})")
    if not reached and not missed:
        return ""
    said = f"Of what was asked for, {reached} of {reached + len(missed)} are reached."
    return f"{said} **Not reached:** {'; '.join(missed)}." if missed else said


def _behind(of: Table, numbers: dict[tuple[str, str], float]) -> str:
    """Which of the peers are faster than the best of ours, and in which columns; nothing if none is."""
    faster: dict[str, list[str]] = {}
    for column in (column for column in of.columns if column not in of.absolute):
        mine = [numbers[row, column] for row in of.ours if (row, column) in numbers]
        theirs = [row for row in of.peers if (row, column) in numbers]
        for row in theirs if mine else ():
            if numbers[row, column] < min(mine):
                faster.setdefault(row, []).append(column)
    if not faster:
        return ""
    named = [f"{row} ({', '.join(where)})" for row, where in faster.items()]
    return f"**Behind:** {' and '.join(named)} {'is' if len(named) == 1 else 'are'} faster than ours."


if __name__ == "__main__":
    keep({})
