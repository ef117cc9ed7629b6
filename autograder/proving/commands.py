"""The command that measures the autograder."""

from pathlib import Path

import click
from rich.console import Console

from autograder.beside.errors import shown
from autograder.exercises import chapter_names, load
from autograder.options import WORKERS

FILE = click.Path(path_type=Path, dir_okay=False)


@click.command()
@click.argument("chapters", nargs=-1, metavar="[CHAPTER]...")
@click.option(
    "--seeds", type=click.IntRange(min=1), default=10, show_default=True, help="Draws that a right answer must pass."
)
@click.option("--exercise", "exercises", multiple=True, metavar="NAME", help="Only this exercise; may be given again.")
@click.option("--right", "right_alone", is_flag=True, help="Only right answers: they bear a thousand seeds.")
@click.option("--sample", type=click.IntRange(min=1), help="Only so many attempts of a kind on an exercise.")
@click.option(
    "--corpus",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="The folder of answers to try.  [default: tests/corpus of the checkout]",
)
@WORKERS
@click.option("--json", "kept", type=FILE, help="Keep what was found in this file, beside other chapters.")
@click.option(
    "--against", type=click.Path(path_type=Path, exists=True, dir_okay=False), help="Fail on what is worse than there."
)
def prove(
    chapters: tuple[str, ...],
    seeds: int,
    exercises: tuple[str, ...],
    right_alone: bool,
    sample: int | None,
    corpus: Path | None,
    workers: int | None,
    kept: Path | None,
    against: Path | None,
) -> None:
    """Try right and wrong answers on every exercise of each CHAPTER (all, if none is named), and say what is missed."""
    from autograder.proving.corpus import CORPUS
    from autograder.proving.proof import FAULTS, rows, worse
    from autograder.proving.proof import prove as measured
    from autograder.proving.table import in_terminal, keep, read

    names = list(chapters) or chapter_names()
    known = {one.name for name in names for one in load(name).exercises}
    if unknown := sorted(set(exercises) - known):
        raise click.BadParameter(
            f"{', '.join(unknown)}; expected one of {', '.join(sorted(known))}", param_hint="exercise"
        )
    proof = measured(
        names,
        seeds,
        corpus=corpus or CORPUS,
        sample=sample,
        exercises=exercises,
        right_alone=right_alone,
        workers=workers,
        progress=True,
    )
    for _, exercise, row in rows(proof):
        for fault, says in FAULTS.items():
            for name, what in row.get(fault, {}).items():
                click.echo(shown(f"{exercise}: {says}: {name}: {what}"))
    console = Console()
    console.width = max(console.width, 140)
    console.print(in_terminal(proof))
    if kept:
        keep(proof, kept)
    if lines := worse(proof, read(against)) if against else []:
        raise click.ClickException(f"{len(lines)} worse than in {against}: {'; '.join(lines)}")
