"""The commands that begin a chapter, fetch packages for the pages, and print them."""

from pathlib import Path

import click


@click.command()
@click.argument("chapter")
def new(chapter: str) -> None:
    """Begin a chapter in this checkout: its files, with one exercise that works."""
    from autograder.authoring.new_chapter import begin
    from autograder.reference.places import PROJECT

    for path in begin(chapter):
        click.echo(f"new       {path.relative_to(PROJECT)}")
    click.echo(
        f"Next: `autograder prove {chapter}` tries right and wrong answers on it; CONTRIBUTING.md says how to go on."
    )


@click.command("fetch-pyodide")
@click.argument("packages", nargs=-1, metavar="[PACKAGE]...")
@click.option(
    "--from", "source", metavar="URL", help="Where the files are.  [default: the public address of the Pyodide project]"
)
@click.option(
    "--into",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    help="Where they go.  [default: the folder from which the book takes them]",
)
def fetch_pyodide(packages: tuple[str, ...], source: str | None, folder: Path | None) -> None:
    """Fetch the packages of Pyodide that readers may import in the page, each checked against pyodide-lock.json.

    They are what the exercises ask for, and matplotlib, if no PACKAGE is named; always with all that they need. A book
    that is built then has them, and serves them itself.
    """
    from autograder.authoring import wheels
    from solutions.models.progress import watched

    lock, into = wheels.Lock(), folder or wheels.folder_of_book()
    names = lock.with_needs(packages or wheels.wanted())
    coming = wheels.fetch(names, lock, source or wheels.public_address(), into)
    for _ in watched(coming, len(names), say=str):
        pass
    size = sum((into / lock.file(name)).stat().st_size for name in names) / 1e6
    click.echo(f"{into} has {', '.join(names)}: {size:.1f} MB, as pyodide-lock.json means them")


@click.command()
@click.argument("chapters", nargs=-1, metavar="[CHAPTER]...")
@click.option(
    "--book",
    type=click.Path(path_type=Path, file_okay=False),
    help="The folder of the built book.  [default: _build/html of the checkout]",
)
def pdf(chapters: tuple[str, ...], book: Path | None) -> None:
    """Print each CHAPTER of the built book as PDF (all, if none is named), and let its pages lead to it."""
    from autograder.authoring import paper, plan
    from autograder.reference.places import PROJECT
    from solutions.models.progress import watched

    pages, where = plan.pages_of(chapters or plan.planned()), book or PROJECT / "_build" / "html"
    for _ in watched(paper.print_pages(pages, where), len(pages), say=str):
        pass
    click.echo(f"{where / paper.FOLDER} has {len(pages)} pages as PDF")
