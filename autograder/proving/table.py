"""A proof as a table: in the terminal, and in the page of the book that shows the one that is kept."""

import json
import re
from pathlib import Path

from rich.table import Table

from autograder.proving.proof import Proof, Row, rows
from autograder.reference import places
from autograder.reference.files import write_whole

KEPT = places.BOOK / "how_good.json"
"""The proof that the book shows, and that new ones are held against: a measurement, made with ``autograder prove``."""
PAGE = "how_good"
COLUMNS = (
    "exercise",
    "right refused",
    "in checks",
    "mutants killed",
    "slips accepted",
    "cheats that earn",
    "slips named",
    "named wrongly",
    "false alarms",
    "power",
    "seconds",
)
_BETWEEN = re.compile(r"(?<=\n% the table begins\n).*(?=\n% the table ends\n)", re.DOTALL)


def right(row: Row) -> tuple[str, str]:
    """How many right answers were refused at least once, and how often they were checked together."""
    return f"{len(row['refused'])} of {row['right']}", f"{row['checks']:,}"


def cells(exercise: str, row: Row) -> tuple[str, ...]:
    """The cells of an exercise's row, in the order of :data:`COLUMNS`."""
    mutants, wrong = row["mutants"] - row["equivalent"], row["slips"] + row["misreadings"]
    chance = row["chance"]
    return (
        exercise,
        *right(row),
        f"{_percent(1 - len(row['survive']) / mutants)} of {mutants}" if mutants else "",
        f"{len(row['accepted'])} of {wrong}",
        f"{len(row['earn'])} of {row['cheats'] + row['shipped']}" if row["cheats"] + row["shipped"] else "",
        f"{row['named']} of {row['slips']}" if row["slips"] else "",
        str(len(row["wrongly"])),
        f"{chance['false alarm']:.1g}" if chance else "",
        _percent(chance["power"]) if chance else "",
        f"{row['seconds']:.2g}",
    )


def in_terminal(proof: Proof) -> Table:
    """The table as rich prints it; where only right answers were tried, without the rest."""
    whole = all("mutants" in row for _, _, row in rows(proof))
    table = Table(*(COLUMNS if whole else COLUMNS[:3]))
    for part in proof.values():
        for exercise, row in part["exercises"].items():
            table.add_row(*(cells(exercise, row) if whole else (exercise, *right(row))))
        table.add_section()
    return table


def with_table(text: str, proof: Proof) -> str:
    """A page's text with a table for each chapter between its two marks, and what it was measured with."""
    measured = {chapter: part["exercises"] for chapter, part in proof.items() if part["made"]}
    sums = {places.title(chapter): _together(exercises) for chapter, exercises in measured.items()}
    parts = [
        "All exercises of a chapter in a row, with the seconds of the slowest check:",
        _markdown("chapter", sums | {"**together**": _together(sums)}),
    ]
    for chapter, part in proof.items():
        parts += [f"### {places.title(chapter)}", _made_with(part["made"])]
        parts += [_markdown("exercise", {f"`{name}`": row for name, row in part["exercises"].items()})]
    return _BETWEEN.sub(lambda _: "\n" + "\n\n".join(parts) + "\n", text)


def _markdown(first: str, rows: dict[str, Row]) -> str:
    lines = [(first, *COLUMNS[1:]), ("---",) * len(COLUMNS), *(cells(name, row) for name, row in rows.items())]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _together(rows: dict[str, Row]) -> Row:
    """One row for several: sums, all that is listed by name, and the slowest check."""
    whole: Row = {}
    for of, row in rows.items():
        for column, value in row.items():
            if isinstance(value, dict):
                whole[column] = whole.get(column, {}) | {f"{of}: {name}": says for name, says in value.items()}
            else:
                whole[column] = (max if column == "seconds" else sum)((whole.get(column, 0), value))
    return whole | {"chance": {}}


def _made_with(made: Row) -> str:
    if not made:
        return "Not measured yet."
    versions = ", ".join(f"{name} {made[name]}" for name in ("python", "numpy", "torch", "brian2", "scipy"))
    return f"Measured on {made['on']}; {versions}."


def read(path: Path) -> Proof:
    """The proof in a file."""
    proof: Proof = json.loads(path.read_text(encoding="utf-8"))
    return proof


def keep(proof: Proof, path: Path) -> None:
    """Write a proof into a file, in the place of what it says of the same exercises; of right answers alone, beside it.

    When a chapter was measured is kept with its wrong answers.
    """
    kept = read(path) if path.is_file() else {}
    for chapter, new in proof.items():
        part = kept.setdefault(chapter, {"made": {}, "exercises": {}})
        for exercise, row in new["exercises"].items():
            part["exercises"][exercise] = part["exercises"].get(exercise, {}) | row
            if "mutants" in row:
                part["made"] = new["made"]
    write_whole(path, json.dumps(kept, indent=1, ensure_ascii=False) + "\n")


def main() -> None:
    """Write the kept proof's table into the page."""
    page = places.page(PAGE)
    write_whole(page, with_table(page.read_text(encoding="utf-8"), read(KEPT)))


def _percent(share: float) -> str:
    """A share in whole percents, and 100 only if nothing is missing."""
    return f"{100 * share:.0f} %" if share in (0, 1) else f"{min(99.9, 100 * share):.3g} %"


if __name__ == "__main__":
    main()
