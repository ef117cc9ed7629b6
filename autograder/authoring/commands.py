"""The command that begins a chapter."""

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
