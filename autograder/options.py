"""Options that commands of several modules share."""

from pathlib import Path

import click

COURSE = click.option(
    "--course", "folder", required=True, type=click.Path(path_type=Path, file_okay=False), help="The course folder."
)
WORKERS = click.option(
    "--workers", type=click.IntRange(min=1), help="Processes at a time.  [default: one per processor]"
)
