"""The command line: release, collect, grade, report, grades, feedback, demo; for authors prove, new; for the book
fetch-pyodide, pdf."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from autograder.authoring.commands import fetch_pyodide, new, pdf
from autograder.beside.errors import UserError, WrongUse, shown
from autograder.exercises import chapter_names
from autograder.lms.commands import collect, feedback, grades
from autograder.options import COURSE, WORKERS
from autograder.proving.commands import prove
from autograder.reference.files import CURES

# Where it is there, jsonschema builds its grammar of addresses in all scripts: a second of every command, for a check
# that no notebook's schema asks for.
sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type] # "not to be had", as importing understands it

if TYPE_CHECKING:
    from autograder.grading.report import Row
    from autograder.grading.whole_class import Outcome

UNSAFE = click.option(
    "--unsafe", is_flag=True, help="Run students' code without bubblewrap: only for submissions you trust."
)
AS_ROOT = click.option(
    "--as-root", is_flag=True, help="Grade as root too: a way out of the walls would then cost the machine."
)
SCHEDULER = click.option(
    "--scheduler", metavar="ADDRESS", help="Grade on the workers of this Dask scheduler, such as tcp://host:8786."
)


def main() -> None:
    """Run the command line, and end with 0, 1 for work that failed, or 2 for wrong use."""
    try:
        commands(standalone_mode=False)
    except click.exceptions.Exit as stop:
        sys.exit(stop.exit_code)
    except (click.Abort, KeyboardInterrupt):
        _end("stopped; run the same command again and it goes on from here", 130)
    except click.UsageError as error:
        _end(f"{error.format_message()} (see autograder --help)", 2)
    except click.ClickException as error:
        _end(error.format_message(), 1)


def _end(line: str, code: int) -> None:
    click.echo(f"autograder: {shown(' '.join(line.split()))}", err=True)
    sys.exit(code)


class OneLine(click.Group):
    """What users can do something about becomes one line: wrong use, or work that failed."""

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except WrongUse as error:
            raise click.UsageError(str(error)) from error
        except (UserError, OSError) as error:
            cure = CURES.get(getattr(error, "errno", None) or 0, "")
            raise click.ClickException(f"{error}; {cure}" if cure else str(error)) from error


@click.group(cls=OneLine, context_settings={"help_option_names": ["-h", "--help"]})
def commands() -> None:
    """Release the chapters of Learning to Spike as an nbgrader course, grade a class, and see what it got wrong."""


@commands.command()
@click.argument("chapters", nargs=-1, metavar="[CHAPTER]...")
@COURSE
def release(chapters: tuple[str, ...], folder: Path) -> None:
    """Make the nbgrader course in DIR, with a folder and a zip for students per CHAPTER (all, if none is named)."""
    from autograder.authoring.release import release

    release(list(chapters) or chapter_names(), folder, progress=True)
    for chapter in chapters or chapter_names():
        click.echo(f"released {chapter}: for students {folder / 'students' / chapter}.zip")


@commands.command()
@click.argument("chapter")
@COURSE
@WORKERS
@SCHEDULER
@UNSAFE
@AS_ROOT
@click.option("--student", "students", multiple=True, metavar="NAME", help="Only this student; may be said again.")
@click.option(
    "--exercise", "exercises", multiple=True, metavar="NAME", help="Judge only this exercise anew; may be said again."
)
@click.option("--only-failed", is_flag=True, help="Only who could not be graded or has not passed every exercise.")
@click.option("--again", is_flag=True, help="Run and grade also who is unchanged.")
def grade(
    chapter: str,
    folder: Path,
    workers: int | None,
    scheduler: str | None,
    unsafe: bool,
    as_root: bool,
    **choice: Any,
) -> None:
    """Grade what is new or changed in DIR/submitted/STUDENT/CHAPTER.

    Where only a tolerance or a misconception has changed, answers are judged anew and nothing is run. Essays are then
    marked in nbgrader's formgrader, and `autograder feedback CHAPTER` writes the pages.
    """
    from autograder.grading import report as class_report
    from autograder.grading.choosing import Choice
    from autograder.grading.course_folder import require_course

    if workers and scheduler:
        raise WrongUse("--workers are processes here, and --scheduler has workers of its own: say one of them")
    how: dict[str, Any] = {"workers": workers, "scheduler": scheduler, "unsafe": unsafe, "as_root": as_root}
    graded = _grade(chapter, require_course(folder), choice=Choice(**choice), **how)
    _print_class(class_report.rows(chapter, folder.resolve()))
    failed = [f"{len(graded.ungraded)} could not be graded: {', '.join(graded.ungraded)}"] if graded.ungraded else []
    failed += [f"{len(graded.unused)} in submitted/ where nobody looks"] if graded.unused else []
    if failed:
        raise click.ClickException("; ".join(failed))


@commands.command()
@click.argument("chapter")
@COURSE
def report(chapter: str, folder: Path) -> None:
    """Show what the class got right and wrong, and write it as CSV and as one HTML page."""
    from autograder.grading import report as class_report
    from autograder.grading.course_folder import require_course
    from autograder.grading.unused import unused

    course = require_course(folder)
    found, elsewhere = class_report.rows(chapter, course), unused(course, chapter)
    table, page = class_report.write(chapter, course, found, elsewhere)
    _print_class(found)
    _print_unused(elsewhere)
    click.echo(f"table     {table}\nreport    {page}")


for command in (collect, grades, feedback, prove, new, fetch_pyodide, pdf):
    commands.add_command(command)


@commands.command()
@COURSE
@WORKERS
@UNSAFE
@AS_ROOT
@click.pass_context
def demo(context: click.Context, folder: Path, workers: int | None, unsafe: bool, as_root: bool) -> None:
    """Release the chapters, hand in a sample class, grade it, and write feedback and the report."""
    from autograder.authoring import release, sample_class
    from autograder.grading import whole_class
    from autograder.grading.course_folder import NoCourse
    from autograder.room import walls

    students: tuple[sample_class.SampleStudent, ...] = sample_class.CLASS
    names = {student.name for student in students}
    others = {handed.parent.name for handed in (folder / "submitted").glob("*/*")} - names
    if others:
        raise NoCourse(
            f"{folder} has submissions of a real class ({', '.join(sorted(others)[:3])}); take another folder"
        )
    if not unsafe:
        try:
            walls.require_bubblewrap()
        except walls.NoSandbox as error:
            students = tuple(student for student in students if student.harmless)
            click.echo(f"{error}\nWithout it only the harmless {len(students)} of {len(names)} are graded.\n", err=True)
            unsafe = True
        else:
            walls.require_not_root(as_root)
    release.release(chapter_names(), folder, progress=True)
    folder = folder.resolve()
    sample_class.hand_in(folder, students)
    graded = _grade(sample_class.CHAPTER, folder, workers=workers, unsafe=unsafe, as_root=as_root)
    for student, reason in whole_class.give_feedback(folder, sample_class.CHAPTER, graded.now).items():
        click.echo(shown(f"no feedback for {student}: {reason}"), err=True)
    context.invoke(report, chapter=sample_class.CHAPTER, folder=folder)
    example = folder / "feedback" / "double_tau" / sample_class.CHAPTER / f"{sample_class.CHAPTER}.html"
    click.echo(f"feedback  {example}")


def _grade(chapter: str, course: Path, **how: Any) -> "Outcome":
    """Grade with a progress bar, and say what could not be."""
    from autograder.grading import whole_class

    graded = whole_class.grade(chapter, course, progress=True, **how)
    other = f", {len(graded.other_penalty)} of them with another late penalty" if graded.other_penalty else ""
    click.echo(f"{len(graded.now)} graded, {len(graded.kept)} unchanged{other}", err=True)
    if not (graded.now or graded.kept or graded.ungraded):
        click.echo(f"there is no submitted/STUDENT/{chapter}/{chapter}.ipynb in {course}", err=True)
    for student, reason in graded.ungraded.items():
        click.echo(shown(f"{student}: {reason}"), err=True)
    _print_unused(graded.unused)
    return graded


def _print_unused(unused: dict[str, str]) -> None:
    for place, todo in unused.items():
        click.echo(f"{place} is not graded: {todo}", err=True)


def _print_class(found: list["Row"]) -> None:
    from autograder.grading import report as class_report

    names = list(dict.fromkeys(row.exercise for row in found))
    table = Table("student", *names, "points")
    styles = {"passed": "green", "partly": "yellow", "to be marked": "cyan", "not attempted": "dim"}
    for student in dict.fromkeys(row.student for row in found):
        mine = {row.exercise: row for row in found if row.student == student}
        cells = []
        for name in names:
            row = mine.get(name)
            if row is None:
                cells.append(Text(""))
                continue
            points = "" if row.points is None else f"{row.points:g} "
            slip = f": {row.misconception.replace('_', ' ')}" if row.misconception else ""
            cells.append(Text(f"{points}{row.status}{slip}", styles.get(row.status, "red")))
        table.add_row(Text(student), *cells, class_report.total([*mine.values()]))
    Console(width=None if sys.stdout.isatty() else 140).print(table)


if __name__ == "__main__":
    main()
