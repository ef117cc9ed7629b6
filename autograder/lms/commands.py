"""The commands that bring hand-ins from a learning management system, and take back what came of them."""

from pathlib import Path

import click

from autograder.beside.errors import shown
from autograder.options import COURSE

FILE = click.Path(path_type=Path, exists=True, dir_okay=False)
ROSTER = click.option(
    "--roster", type=FILE, help="A CSV file that says who is who: of Moodle, Canvas, Gradescope or nbgrader."
)


@click.command()
@click.argument("zip_file", metavar="FILE.zip", type=FILE)
@COURSE
@click.option("--chapter", default="", help="The chapter.  [default: the one that the files are named after]")
@ROSTER
def collect(zip_file: Path, folder: Path, chapter: str, roster: Path | None) -> None:
    """Lay what is in a zip of Moodle, Canvas or Gradescope into DIR/submitted/STUDENT/CHAPTER.

    It is the zip that "download all submissions" gives there.
    """
    from autograder.grading.course_folder import require_course
    from autograder.lms.collecting import collect

    done = collect(zip_file, require_course(folder), chapter, roster, progress=True)
    click.echo(
        f"{done.chapter} from {done.system}: {len(done.new)} new, {len(done.replaced)} in the place of another, "
        f"{len(done.unchanged)} unchanged"
    )
    if done.late:
        click.echo(f"late, says {done.system}, and not by how much: {', '.join(done.late)}", err=True)
    for name, what in (done.said | done.refused).items():
        click.echo(shown(f"{name}: {what}"), err=True)
    if done.refused:
        raise click.ClickException(f"{len(done.refused)} could not be taken: {', '.join(done.refused)}")


@click.command()
@click.argument("chapter")
@COURSE
@click.option("--for", "system", required=True, type=click.Choice(["moodle", "canvas"]), help="Who imports them.")
@click.option(
    "--roster",
    "--export",
    "roster",
    required=True,
    type=FILE,
    help="A CSV file that says who is who: of Moodle its grading worksheet, of Canvas its exported gradebook.",
)
@click.option("--column", default="", help="The heading of the assignment.  [default: the one like the chapter]")
def grades(chapter: str, folder: Path, system: str, roster: Path, column: str) -> None:
    """Write the grades of a chapter as the CSV file that Moodle or Canvas imports."""
    from autograder.grading.course_folder import require_course
    from autograder.lms.grades import write

    written = write(chapter, require_course(folder), system, roster, column)
    for student, why in written.said.items():
        click.echo(shown(f"{student}: {why}"), err=True)
    for student, why in written.open.items():
        click.echo(shown(f"{student} has no grade yet: {why}"), err=True)
    for student, why in written.left_out.items():
        click.echo(shown(f"{student} is not in it: {why}"), err=True)
    click.echo(f"grades    {written.file} ({written.count}, as {shown(written.heading)})")
    if written.left_out:
        raise click.ClickException(f"the grades of {', '.join(written.left_out)} are not in it")


@click.command()
@click.argument("chapter")
@COURSE
@click.option(
    "--zip",
    "zip_file",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Pack the pages too, as Moodle takes them: for those whose work was collected from there.",
)
def feedback(chapter: str, folder: Path, zip_file: Path | None) -> None:
    """Write the feedback pages of a chapter anew, into DIR/feedback/STUDENT/CHAPTER.

    Moodle's "Upload multiple feedback files in a zip" hands the zip out.
    """
    from autograder.grading.course_folder import require_course
    from autograder.lms.feedback import give

    given = give(chapter, require_course(folder), zip_file, progress=True)
    for student, why in given.without.items():
        click.echo(shown(f"no feedback for {student}: {why}"), err=True)
    click.echo(f"feedback  {len(given.pages)} pages in {folder / 'feedback'}")
    if zip_file:
        if missing := [one for one in given.pages if one not in given.packed]:
            click.echo(f"not collected from Moodle, and not in the zip: {', '.join(missing)}", err=True)
        click.echo(f"zip       {zip_file} ({len(given.packed)} pages)")
    if given.without:
        raise click.ClickException(f"{len(given.without)} have no feedback: {', '.join(given.without)}")
