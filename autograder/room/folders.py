"""Temporary folders that nobody has to clear away: a run that was killed leaves its own, and the next removes it."""

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

PREFIX = "spiking-"
"""Short, for the name of a socket that lies in there has little room."""


@contextmanager
def own_folder() -> Iterator[Path]:
    """A folder of this run, for as long as it lasts. A lock says that it does: it goes with the process that has it."""
    remove_abandoned()
    folder, held = Path(tempfile.gettempdir(), "none yet"), None
    while held is None or not folder.exists():  # gone if somebody took it for abandoned before it was locked
        folder = Path(tempfile.mkdtemp(prefix=PREFIX))
        held = _locked(folder, fcntl.LOCK_EX)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        os.close(held)


def lay_out(files: Mapping[str, bytes], folder: Path) -> None:
    """Write files into a folder, by their places there. A place that ends with "/" is a folder."""
    for place, content in files.items():
        path = folder / place
        (path if place.endswith("/") else path.parent).mkdir(parents=True, exist_ok=True)
        if not place.endswith("/"):
            path.write_bytes(content)


def remove_abandoned() -> None:
    """Remove the folders of ours that no process has locked."""
    for folder in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        held = _locked(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if held is not None:
            shutil.rmtree(folder, ignore_errors=True)
            os.close(held)


def _locked(folder: Path, how: int) -> int | None:
    """A descriptor that holds the lock on a folder; None if it is gone, not ours, or somebody else's to hold."""
    with suppress(OSError):
        held = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
        try:
            if os.fstat(held).st_uid == os.getuid():
                fcntl.flock(held, how)
                return held
        except OSError:
            pass
        os.close(held)
    return None
